"""The figures of a report: counted once from the facts, for screen, spreadsheet and document.

Every part adds up to the whole, and in each line what came in is what went out or is still open.
A case counts as answered with its first answer; that it was opened again stands beside. What was
merged into another case is counted with that one alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.feedback.kinds import Kind
from bot.feedback.presses import LEVELS
from bot.feedback.reports.counted import Counted
from bot.feedback.reports.facts import Fact
from bot.feedback.reports.windows import Window


class Side(StrEnum):
    """From which side the same cases are looked at."""

    KIND = "kind"
    REGIME = "regime"
    TOPIC = "topic"
    UNIT = "unit"
    SOURCE = "source"


KEYS: Final[Mapping[Side, Callable[[Fact], str]]] = {
    Side.KIND: lambda one: str(one.kind),
    Side.REGIME: lambda one: one.regime,
    Side.TOPIC: lambda one: one.topic,
    Side.UNIT: lambda one: "" if one.unit is None else str(one.unit),
    Side.SOURCE: lambda one: str(one.source),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All that a report says in numbers of one stretch.

    ``sides`` have a line for each key, by key. ``merged`` came in and were joined with another.
    ``ways`` is how often the lawful way of each kind was shown. ``overdue`` are open, the longest
    first.
    """

    whole: Counted
    sides: Mapping[Side, Mapping[str, Counted]]
    merged: int
    ways: Mapping[Kind, int]
    overdue: tuple[Fact, ...]


def figures(facts: Iterable[Fact], window: Window, ways: Mapping[Kind, int]) -> Figures:
    """Count facts; those that do not belong to the window count nowhere."""
    every = [one for one in facts if window.has(one)]
    counted = [one for one in every if not one.is_merged]
    late = [one for one in counted if window.is_overdue(one)]
    return Figures(
        whole=count(counted, window),
        sides={side: _parted(counted, key, window) for side, key in KEYS.items()},
        merged=sum(one.is_merged and window.holds(one.received_at) for one in every),
        ways=ways,
        overdue=tuple(sorted(late, key=lambda one: (one.due_at, one.case))),
    )


def count(facts: Sequence[Fact], window: Window) -> Counted:
    """Count facts that belong to the window and are not merged."""
    answered = [one for one in facts if window.holds(one.answered_at)]
    dated = [one for one in answered if one.due_at is not None]
    late = sum(one.is_late for one in dated)
    received = sum(window.holds(one.received_at) for one in facts)
    dropped = sum(one.answered_at is None and window.holds(one.dropped_at) for one in facts)
    overdue = sum(window.is_overdue(one) for one in facts)
    given = [one.level for one in answered]
    return Counted(
        received=received,
        carried=len(facts) - received,
        answered=len(answered),
        on_time=len(dated) - late,
        late=late,
        dropped=dropped,
        waiting=len(facts) - len(answered) - dropped - overdue,
        overdue=overdue,
        reopened=sum(one.reopened > 0 for one in answered),
        minutes=tuple(sorted(one.minutes for one in answered if one.minutes is not None)),
        levels=tuple(given.count(level) for level in LEVELS),
    )


def _parted(
    facts: Iterable[Fact], key: Callable[[Fact], str], window: Window
) -> dict[str, Counted]:
    by_key: defaultdict[str, list[Fact]] = defaultdict(list)
    for one in facts:
        by_key[key(one)].append(one)
    return {each: count(by_key[each], window) for each in sorted(by_key)}
