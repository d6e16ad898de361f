"""A cell that holds several activities, paired with the times that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from broadcasts.plans.listing import items, without_mark

_SINGLE: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Activities with their times, or what hindered pairing them: ``mismatch`` counts both."""

    pairs: tuple[tuple[str, str], ...] = ()
    mismatch: tuple[int, int] | None = None


def split(content: str, time: str) -> Split:
    """Pair the activities of a cell with its times, one to one.

    A single time counts for all activities, and several times for a single one: nothing to pair.
    """
    activities, times = _parts(content), _parts(time)
    if len(activities) == _SINGLE or len(times) == _SINGLE:
        bold = _bold(content, time)
        return bold or Split()
    if len(activities) == len(times):
        return _paired(activities, times)
    return _bold(content, time) or Split(mismatch=(len(activities), len(times)))


def _bold(content: str, time: str) -> Split | None:
    """Try every free dash; it counts only where both cells then agree."""
    for activities in (items(content), items(content, bold=True)):
        for times in (items(time), items(time, bold=True)):
            if len(activities) == len(times) > _SINGLE:
                return _paired(activities, times)
    return None


def _parts(text: str) -> tuple[str, ...]:
    told = items(text)
    lines = text.split("\n")
    if len(told) > _SINGLE or not all(line[:1].isupper() or line[:1].isdigit() for line in lines):
        return told
    return tuple(lines)


def _paired(activities: tuple[str, ...], times: tuple[str, ...]) -> Split:
    pairs = zip(map(without_mark, activities), map(without_mark, times), strict=True)
    return Split(pairs=tuple((one.strip(), other.strip()) for one, other in pairs))
