"""How what two people made of the same fields is told apart, and joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.officials.field_marks import Fields

# Of a card: whose word each field is follows the field, that it has a card follows from any.
SOURCES: Final = "sources"
HAS_CARD: Final = "has_card"
GONE: Final = "gone"
MISSING: Final = object()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Two people's fields in one; of those in ``clashing`` mine."""

    fields: Fields
    clashing: tuple[str, ...]


def differing(before: Fields, after: Fields) -> tuple[str, ...]:
    """Give the fields in which two states differ, sorted."""
    names = before.keys() | after.keys()
    return tuple(
        sorted(one for one in names if before.get(one, MISSING) != after.get(one, MISSING))
    )


def merged(seen: Fields, mine: Fields, theirs: Fields) -> Merge:
    """Join what two people made of ``seen``: of each field what was changed, by whomever."""
    fields: dict[str, Any] = {}
    sides: dict[str, Fields] = {}
    clashing = []
    for name in sorted({*seen, *mine, *theirs} - {SOURCES, HAS_CARD}):
        was, one, other = (side.get(name, MISSING) for side in (seen, mine, theirs))
        side = theirs if one == was else mine
        if one not in (was, other) and other != was:
            clashing.append(name)
        if name in side:
            fields[name] = side[name]
            sides[name] = side
    if bool(mine.get(GONE)) != bool(theirs.get(GONE)) and seen not in (mine, theirs):
        clashing.append(GONE)
    if fields and (HAS_CARD in mine or HAS_CARD in theirs):
        fields[HAS_CARD] = True
    sources = [source for name, side in sides.items() for source in _sources(side, name)]
    told = {**fields, SOURCES: sources} if sources else fields
    return Merge(fields=told, clashing=tuple(dict.fromkeys(clashing)))


def _sources(side: Fields, name: str) -> list[Any]:
    return [source for source in side.get(SOURCES, ()) if source["field"] == name]
