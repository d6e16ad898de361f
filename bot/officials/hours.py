"""When somebody is at an office: by its opening hours, holidays and days worked instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.clock import VIETNAM
from knowledge.models import DayOff, OpeningHours

DayKnown = Callable[[date], DayOff | None]
# Nobody waits longer than that for an office to open: its hours are told wrong then.
FAR: Final = 60
# What the days of the week are called in data and forms, Monday first.
WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_TIME: Final = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)|(24):(00)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The moment from which somebody is there.

    It is ``expected`` when it hangs on a day off whose notice is still to come.
    """

    at: datetime
    expected: bool


def is_open(hours: Sequence[OpeningHours], known: DayKnown, at: datetime) -> bool:
    """Tell whether an office is open at the aware moment ``at``.

    ``known`` gives what is known of a day beside its place in the week. Of an office whose hours
    are unknown, or not to be read, nobody can say that it is open.
    """
    return any(begin <= at < end for begin, end in spans(hours, known, _local_day(at)))


def next_opening(hours: Sequence[OpeningHours], known: DayKnown, at: datetime) -> Opening | None:
    """Give the first moment, from ``at`` on, at which an office is open; ``at`` itself if it is.

    Nothing when its hours are unknown or it does not open within ``FAR`` days.
    """
    first, expected = _local_day(at), False
    for day in (first + timedelta(days=ahead) for ahead in range(FAR + 1)):
        told = known(day)
        expected = expected or (told is not None and not told.confirmed)
        coming = [max(begin, at) for begin, end in spans(hours, known, day) if end > at]
        if coming:
            return Opening(at=min(coming), expected=expected)
    return None


def _local_day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()


def spans(
    hours: Sequence[OpeningHours], known: DayKnown, day: date
) -> Iterator[tuple[datetime, datetime]]:
    """Give from when to when an office is open on a day, in the order its hours tell."""
    told = known(day)
    if told is not None and not told.works:
        return
    midnight = datetime.combine(day, time(), VIETNAM)
    for begin, end in _times(hours, _weekday(hours, day, instead=told is not None)):
        yield midnight + begin, midnight + end


def _weekday(hours: Sequence[OpeningHours], day: date, *, instead: bool) -> int:
    """Give the weekday whose hours ``day`` has: a day worked instead of another has its hours."""
    weekday = day.isoweekday()
    worked = {number for span in hours for number in span.weekdays}
    return min(worked) if instead and worked and weekday not in worked else weekday


def _times(hours: Sequence[OpeningHours], weekday: int) -> list[tuple[timedelta, timedelta]]:
    """Give the spans of a weekday; none at all when one of them cannot be read."""
    found = []
    for span in hours:
        begin, end = _TIME.fullmatch(span.opens), _TIME.fullmatch(span.closes)
        if begin is None or end is None:
            return []
        if weekday in span.weekdays:
            found.append((_since_midnight(begin), _since_midnight(end)))
    return [(begins, ends) for begins, ends in found if begins < ends]


def _since_midnight(match: re.Match[str]) -> timedelta:
    hour, minute = filter(None, match.groups())
    return timedelta(hours=int(hour), minutes=int(minute))
