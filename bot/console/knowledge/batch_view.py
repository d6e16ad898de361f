"""The changes of one table that wait, as an approver looks at them: the harmless ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.console.changes.difference import Difference, differences, named
from bot.console.knowledge.library import Shelf
from bot.officials.changes import Change, merged, plain
from knowledge.models import Procedure
from knowledge.sourcing import FIGURES


class Weight(IntEnum):
    """How closely a change is to be looked at."""

    PLAIN = 0
    FIGURES = 1  # fee, times or papers change
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


def weighed(shelf: Shelf, waiting: Sequence[Change]) -> list[Row]:
    """Put the changes in the order in which they are to be looked at."""
    own = shelf.layers.edits_of(shelf.office)
    rows = []
    for change in waiting:
        now = plain(dict(own[change.ref].fields)) if change.ref in own else {}
        clashing = merged(change.before, change.after, now).clashing
        rows.append(
            Row(
                change=change,
                weight=_weight(change, clashing),
                clashing=named(change.kind, clashing),
            )
        )
    return sorted(rows, key=lambda row: row.weight)


def shown(shelf: Shelf, rows: Sequence[Row]) -> list[ShownRow]:
    """Tell what ``rows`` do, over what is told without the office's own word."""
    if not rows:
        return []
    wanted = {row.change.ref for row in rows}
    beneath = {
        str(one.code): one
        for one in shelf.layers.beneath(shelf.office).procedures
        if one.code in wanted
    }
    return [ShownRow(row=row, differences=_told(row.change, beneath)) for row in rows]


def _told(change: Change, beneath: Mapping[str, Procedure]) -> Sequence[Difference]:
    return differences(change.kind, change.before, change.after, beneath.get(change.ref))


def _weight(change: Change, clashing: Sequence[str]) -> Weight:
    if clashing:
        return Weight.CLASHING
    return Weight.PLAIN if set(FIGURES).isdisjoint(change.fields) else Weight.FIGURES
