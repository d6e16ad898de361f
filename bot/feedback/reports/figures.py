"""The figures of a report: counted once from the facts, for screen, spreadsheet and document.

Every part adds up to the whole, and in each line what came in is what went out or is still open.
A case counts as answered with its first answer; that it was opened again stands beside. What was
merged into another case is counted with that one alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from bot.feedback.kinds import Kind
from bot.feedback.presses import LEVELS
from bot.feedback.reports.facts import Fact
from broadcasts.documents.numbers import percent

SATISFIED: Final = 4
AN_HOUR: Final = 60
TENTH: Final = Decimal("0.1")
NINE_TENTHS: Final = (9, 10)


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
class Window:
    """From ``begin`` until just before ``end``; ``now`` is when it is looked at."""

    begin: datetime
    end: datetime
    now: datetime

    def holds(self, at: datetime | None) -> bool:
        """Tell whether a moment lies in it."""
        return at is not None and self.begin <= at < self.end

    @property
    def seen_at(self) -> datetime:
        """Give the moment at which what is open is called overdue or not."""
        return min(self.end, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What became of some cases.

    ``carried`` were open when the window began. Of the ``answered``, those without a limit are
    neither ``on_time`` nor ``late``. ``waiting`` are open within their time or without a limit.
    ``minutes`` are those of every answered case that are known, ascending; ``levels`` how often
    each of ``LEVELS`` was given for the answered ones.
    """

    received: int
    carried: int
    answered: int
    on_time: int
    late: int
    dropped: int
    waiting: int
    overdue: int
    reopened: int
    minutes: tuple[int, ...]
    levels: tuple[int, ...]

    @property
    def undated(self) -> int:
        """Give how many were answered that had no limit."""
        return self.answered - self.on_time - self.late

    @property
    def timely(self) -> Decimal | None:
        """Give the share answered on time of those that had a limit, in per cent."""
        return _share(self.on_time, self.on_time + self.late)

    @property
    def median(self) -> Decimal | None:
        """Give the median working hours until the answer, to one decimal."""
        count = len(self.minutes)
        if not count:
            return None
        return _hours(self.minutes[(count - 1) // 2] + self.minutes[count // 2], 2)

    @property
    def most(self) -> Decimal | None:
        """Give within how many working hours nine of ten were answered (nearest rank)."""
        part, whole = NINE_TENTHS
        rank = -(-len(self.minutes) * part // whole)
        return _hours(self.minutes[rank - 1], 1) if rank else None

    @property
    def rated(self) -> int:
        """Give how many said how satisfied they are."""
        return sum(self.levels)

    @property
    def satisfied(self) -> Decimal | None:
        """Give the share that is satisfied or very satisfied, in per cent."""
        return _share(sum(self.levels[SATISFIED - 1 :]), self.rated)


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
    every = [one for one in facts if _belongs(one, window)]
    counted = [one for one in every if not one.is_merged]
    late = [one for one in counted if _is_overdue(one, window)]
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
    late = sum(_is_late(one) for one in dated)
    received = sum(window.holds(one.received_at) for one in facts)
    dropped = sum(one.answered_at is None and window.holds(one.dropped_at) for one in facts)
    overdue = sum(_is_overdue(one, window) for one in facts)
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


def _belongs(one: Fact, window: Window) -> bool:
    ended = one.ended_at
    return one.received_at < window.end and (ended is None or ended >= window.begin)


def _is_late(one: Fact) -> bool:
    return bool(one.due_at and one.answered_at and one.answered_at > one.due_at)


def _is_overdue(one: Fact, window: Window) -> bool:
    is_open = one.ended_at is None or one.ended_at >= window.end
    return is_open and one.due_at is not None and one.due_at < window.seen_at


def _share(part: int, whole: int) -> Decimal | None:
    return percent(part, whole) if whole else None


def _hours(minutes: int, of: int) -> Decimal:
    return (Decimal(minutes) / (AN_HOUR * of)).quantize(TENTH, ROUND_HALF_UP)
