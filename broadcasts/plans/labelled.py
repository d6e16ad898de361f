"""Activities in prose with labelled lines below: “Thời gian: …”, “Đơn vị chủ trì: …”."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from broadcasts.plans.columns import Column, Header, Kind, kind_of
from broadcasts.plans.drafts import Draft
from broadcasts.plans.outline import Placed
from broadcasts.plans.words import opens

LONGEST_LABEL: Final = 6
_TELLING: Final = frozenset({Kind.LEAD, Kind.COOPERATING, Kind.TIME})
_KINDS: Final = (
    Kind.CONTENT, Kind.FORMS, Kind.LEAD, Kind.COOPERATING, Kind.TIME, Kind.PRODUCT, Kind.BUDGET,
    Kind.NOTE, Kind.AUDIENCE,
)  # fmt: skip
# Words that stand in many sentences: a label begins with them.
_LOOSE: Final = frozenset({Kind.CONTENT, Kind.FORMS})
HEADER: Final = Header(columns=tuple(Column(title=kind, kind=kind) for kind in _KINDS), height=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """An activity with its labelled lines, as a draft with the columns of ``HEADER``."""

    draft: Draft
    paragraphs: tuple[Placed, ...]


@dataclass(slots=True, kw_only=True)
class _Group:
    """A paragraph that may be an activity, and what is labelled below it."""

    head: Placed
    labels: list[tuple[Kind, str]] = field(default_factory=list)
    paragraphs: list[Placed] = field(default_factory=list)


def labelled(outline: Iterable[Placed]) -> tuple[Labelled, ...]:
    """Find the activities that say who leads and one thing more in lines of their own."""
    groups: list[_Group] = []
    for placed in outline:
        if any(step.names("duties") for step in placed.path):
            continue
        told = label_of(placed.text)
        if told is None:
            groups.append(_Group(head=placed, paragraphs=[placed]))
        elif groups:
            groups[-1].labels.append(told)
            groups[-1].paragraphs.append(placed)
    return tuple(_labelled(group) for group in groups if _is_activity(group))


def label_of(text: str) -> tuple[Kind, str] | None:
    """Read “Thời gian thực hiện: Quý II” as a kind and its words; None where no label stands."""
    label, colon, rest = text.partition(":")
    if not colon or not rest.strip() or len(label.split()) > LONGEST_LABEL:
        return None
    kind = kind_of(label)
    if kind not in _KINDS or (kind in _LOOSE and not opens(label, "columns", kind)):
        return None
    return kind, rest.strip()


def _is_activity(group: _Group) -> bool:
    kinds = {kind for kind, _ in group.labels}
    return Kind.LEAD in kinds and len(kinds & _TELLING) > 1


def _labelled(group: _Group) -> Labelled:
    cells = {0: group.head.text}
    for kind, words in group.labels:
        at = _KINDS.index(kind)
        cells[at] = f"{cells[at]}\n{words}" if at in cells else words
    step = group.head.path[-1] if group.head.path else None
    draft = Draft(no=step.label if step else "", cells=cells, places=(group.head.source,))
    return Labelled(draft=draft, paragraphs=tuple(group.paragraphs))
