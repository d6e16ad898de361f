"""The changes of one table that wait, as an approver looks at them: the harmless ones first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.console.changes.difference import Difference, differences, named
from bot.console.knowledge.library import Shelf
from bot.officials.changes import Change
from bot.officials.field_marks import plain
from bot.officials.fields_merging import merged
from bot.officials.lightness import lightness
from knowledge.models import Procedure
from knowledge.record_edits import RecordKind
from knowledge.record_words import headings


class Weight(IntEnum):
    """How closely a change is to be looked at."""

    PLAIN = 0
    WEIGHTY = 1  # all that is not light (``officials.lightness``)
    CLASHING = 2  # somebody changed the same meanwhile; it would go back


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One change; ``clashing`` names, in words, what others changed meanwhile."""

    change: Change
    weight: Weight
    clashing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """The same with what it does, field by field."""

    row: Row
    differences: Sequence[Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pile:
    """The changes of a table in the order in which they are to be looked at.

    ``beneath`` holds their cards as they are told without the office's own word.
    """

    rows: Sequence[Row]
    beneath: Mapping[str, Procedure]

    def shown(self, rows: Sequence[Row]) -> list[ShownRow]:
        """Tell what some ``rows`` of it do, over what is told beneath."""
        return [ShownRow(row=row, differences=_told(row.change, self.beneath)) for row in rows]


def piled(shelf: Shelf, waiting: Sequence[Change]) -> Pile:
    """Weigh the changes that wait, and put them in their order."""
    own = shelf.layers.edits_of(shelf.office)
    beneath, stated = _beneath(shelf, waiting), _stated(shelf)
    rows = []
    for change in waiting:
        now = plain(dict(own[change.ref].fields)) if change.ref in own else {}
        clashing = merged(change.before, change.after, now).clashing
        weight = Weight.CLASHING if clashing else _weight(change, stated[change.ref], beneath)
        told = named(change.kind, clashing)
        rows.append(Row(change=change, weight=weight, clashing=told))
    return Pile(rows=sorted(rows, key=lambda row: row.weight), beneath=beneath)


def light_fields() -> str:
    """Give what the fields are called that may change without a look at each, in one line."""
    called = headings(RecordKind.PROCEDURE)
    return ", ".join(called[name] for name in lightness().fields)


def _beneath(shelf: Shelf, changes: Sequence[Change]) -> Mapping[str, Procedure]:
    wanted = {change.ref for change in changes}
    told = shelf.layers.beneath(shelf.office).procedures if wanted else ()
    return {str(one.code): one for one in told if one.code in wanted}


def _told(change: Change, beneath: Mapping[str, Procedure]) -> Sequence[Difference]:
    return differences(change.kind, change.before, change.after, beneath.get(change.ref))


def _weight(change: Change, stated: Collection[str], beneath: Mapping[str, Procedure]) -> Weight:
    if not lightness().is_light(change.fields, {*change.before, *stated}):
        return Weight.WEIGHTY
    texts = (text for one in _told(change, beneath) for text in (one.before, one.after))
    return Weight.PLAIN if lightness().is_plain(texts) else Weight.WEIGHTY


def _stated(shelf: Shelf) -> Mapping[str, Collection[str]]:
    """Give the fields the office, or one above it, states of each card itself."""
    stated: defaultdict[str, set[str]] = defaultdict(set)
    for edit in shelf.layers.edits:
        if edit.office in shelf.line:
            stated[edit.code].update(edit.fields)
    return stated
