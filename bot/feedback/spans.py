"""The minutes at which an office works, over some years, so laid out that sums are looked up.

A minute is the number of its day (``date.toordinal``) times 1,440 and its place in that day by
Vietnamese clocks, which have known no summer time since 1975.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Self

from bot.clock import VIETNAM
from bot.officials.hours import DayKnown, spans
from knowledge.models import OpeningHours

A_DAY: Final = 24 * 60
MINUTE: Final = timedelta(minutes=1)
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Spans:
    """When an office works from the first to the last day of ``years``.

    ``begins`` and ``ends`` are those of each span, ``before`` the minutes worked before it and
    ``through`` those before its end; ``days`` are the days worked with the end of each in
    ``closes``; ``doubtful`` the days off whose notice is still to come.
    """

    years: range
    begins: Sequence[int]
    ends: Sequence[int]
    before: Sequence[int]
    through: Sequence[int]
    days: Sequence[int]
    closes: Sequence[int]
    doubtful: Sequence[int]

    @classmethod
    def of(cls, hours: Sequence[OpeningHours], known: DayKnown, years: range) -> Self:
        """Lay out ``years`` as an office with these hours and days off works in them."""
        begins, ends, through, days, closes, doubtful = [], [], [0], [], [], []
        for day in _days(years):
            told = known(day)
            if told is not None and not told.confirmed:
                doubtful.append(day.toordinal())
            for begin, end in _joined(hours, known, day):
                begins.append(begin)
                ends.append(end)
                through.append(through[-1] + end - begin)
            if ends and ends[-1] > day.toordinal() * A_DAY:
                days.append(day.toordinal())
                closes.append(ends[-1])
        return cls(years, begins, ends, through[:-1], through[1:], days, closes, doubtful)

    def worked(self, minute: int) -> int:
        """Give how many minutes were worked before ``minute``."""
        at = bisect_right(self.begins, minute) - 1
        if at < 0:
            return 0
        return self.before[at] + min(minute, self.ends[at]) - self.begins[at]

    def end_of(self, worked: int) -> int | None:
        """Give the end of the minute with which ``worked`` minutes are full; 0 has none."""
        at = bisect_left(self.through, worked)
        if worked < 1 or at == len(self.through):
            return None
        return self.begins[at] + worked - self.before[at]

    def close_of(self, day: int, number: int) -> int | None:
        """Give when the ``number``-th day worked after ``day`` ends."""
        at = bisect_right(self.days, day) + number - 1
        return self.closes[at] if 0 <= at < len(self.closes) else None


def minute_of(at: datetime) -> int:
    """Give the minute an aware moment lies in."""
    here = at.astimezone(VIETNAM)
    return here.toordinal() * A_DAY + here.hour * 60 + here.minute


def moment_of(minute: int) -> datetime:
    """Give when a minute begins, by Vietnamese clocks."""
    day, within = divmod(minute, A_DAY)
    midnight = datetime.combine(date.fromordinal(day), datetime.min.time(), VIETNAM)
    return midnight + within * MINUTE


def _days(years: range) -> Iterator[date]:
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _joined(hours: Sequence[OpeningHours], known: DayKnown, day: date) -> Iterable[Span]:
    """Give the spans of a day one after the other; hours that overlap are counted once."""
    joined: list[Span] = []
    for begin, end in sorted(
        (minute_of(begin), minute_of(end)) for begin, end in spans(hours, known, day)
    ):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined
