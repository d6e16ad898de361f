"""Working time as somebody reckons it who looks at every minute by itself; an oracle.

It takes what stands on the door in plain values, by the clocks on the wall (no zone), and shares
nothing with what it judges: neither hours, nor days off, nor sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
# Weekdays 1 to 7, from, to.
Line = tuple[Sequence[int], str, str]
# From when to when the clock stands still; the last may go on.
Stop = tuple[datetime, datetime | None]
CLOCK = [f"{hour:02}:{past:02}" for hour in range(24) for past in range(60)]
DAYS_LOOKED_AT = 700


@dataclass
class SlowClock:
    """The lines on the door, and the days that are not as their place in the week says.

    ``days`` tells of such a day whether it is worked.
    """

    door: Sequence[Line]
    days: Mapping[date, bool] = field(default_factory=dict)

    def worked(self, begin: datetime) -> Iterator[tuple[date, int]]:
        """Give one worked minute after the other, from the minute of ``begin`` on."""
        first = begin.hour * 60 + begin.minute
        for ahead in range(DAYS_LOOKED_AT):
            day = begin.date() + ahead * DAY
            for minute in self._worked_on(day):
                if ahead or minute >= first:
                    yield day, minute

    def count(self, begin: datetime, end: datetime) -> int:
        """Count the minutes worked from ``begin`` until ``end``."""
        number, last = 0, _placed(end)
        for minute in self.worked(begin):
            if minute >= last:
                break
            number += 1
        return number

    def end_of_nth_day(self, after: date, number: int) -> datetime | None:
        """Give the end of the last worked minute of the ``number``-th worked day."""
        for ahead in range(1, DAYS_LOOKED_AT):
            day = after + ahead * DAY
            minutes = self._worked_on(day)
            number -= bool(minutes)
            if minutes and number == 0:
                return _end_of(day, minutes[-1])
        return None

    def term(self, begin: datetime, number: int, unit: str) -> datetime | None:
        """Give when a limit ends; ``unit`` as the law's table names it."""
        match unit:
            case "wd":
                return self.end_of_nth_day(begin.date(), number)
            case "d":
                # The last day; when nobody works on it the next one on which somebody does.
                return self.end_of_nth_day(begin.date() + (number - 1) * DAY, 1)
            case "wh":
                return self.after(begin, number * 60, ())[0]
            case _:
                return begin.replace(second=0) + number * timedelta(hours=1)

    def after(
        self, begin: datetime, number: int, stops: Sequence[Stop]
    ) -> tuple[datetime | None, int]:
        """Give the end of the ``number``-th minute worked outside ``stops``, and what is left.

        Without a moment when the clock stands still for good before it.
        """
        still = [(_placed(since), _placed(until) if until else None) for since, until in stops]
        for day, minute in self.worked(begin):
            stopped = [until for since, until in still if since <= (day, minute)]
            if None in stopped:
                return None, number
            if any(until is not None and (day, minute) < until for until in stopped):
                continue
            number -= 1
            if number == 0:
                return _end_of(day, minute), 0
        return None, number

    def due(
        self, begin: datetime, end: datetime | None, stops: Sequence[Stop]
    ) -> tuple[datetime | None, int]:
        """Give when something is due that would end at ``end`` if the clock never stopped."""
        return self.after(begin, self.count(begin, end), stops) if end else (None, 0)

    def _worked_on(self, day: date) -> Sequence[int]:
        return minutes_of(tuple(self.door), day.isoweekday(), self.days.get(day))


@cache
def minutes_of(door: Sequence[Line], weekday: int, told: bool | None) -> Sequence[int]:
    """Give every minute of a day at which the door is open, as read off it."""
    if told is False:
        return ()
    # A Saturday worked for another day has the hours of the first day on the door.
    named = [one for numbers, _, _ in door for one in numbers]
    if told and weekday not in named:
        weekday = min(named, default=0)
    spans = [(begins, ends) for numbers, begins, ends in door if weekday in numbers]
    return [
        minute
        for minute, clock in enumerate(CLOCK)
        if any(begins <= clock < ends for begins, ends in spans)
    ]


def _placed(at: datetime) -> tuple[date, int]:
    return at.date(), at.hour * 60 + at.minute


def _end_of(day: date, minute: int) -> datetime:
    return datetime.combine(day, datetime.min.time()) + (minute + 1) * MINUTE
