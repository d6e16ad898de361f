"""From a timing to single times: the span each counts for, the working day proposed for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final

from broadcasts.calendar.periods import spans
from broadcasts.timing import Period, Timing, TimingKind
from broadcasts.timing.calendar import size_of

WorkingDays = Callable[[date], bool]
# Working days that what has a deadline is proposed ahead of it.
AHEAD: Final = 5
# More than this of one entry nobody marks one by one: it goes on all the time.
MOST: Final = 1_000
# Longer than any closure: Tết and the swaps around it take less than two weeks.
_SEARCHED: Final = 30
_DAY: Final = timedelta(days=1)


class SlotFlag(StrEnum):
    """What a person has to look at before they keep a proposed day."""

    NONE = ""
    # The plan names a day on which the office is closed; the working day before it is proposed.
    DAY_OFF = "day_off"
    # The span has no working day at all; the nearest one before it is proposed.
    NO_WORKING_DAY = "no_working_day"
    # More is asked of the span than it has working days.
    CROWDED = "crowded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One time that an entry is to be done: the ``number``-th of its span, from 1.

    ``due_on`` is a working day; ``last_on`` the last day on which it is in time.
    """

    span: Period
    number: int
    due_on: date
    last_on: date
    flag: SlotFlag = SlotFlag.NONE


def propose(timing: Timing, works: WorkingDays) -> tuple[Proposal, ...]:
    """Give the times of ``timing`` in order.

    What goes on all the time or comes more than ``MOST`` times, and what nobody can date, has
    none: a person sets them.
    """
    match timing.kind:
        case TimingKind.RECURRING:
            return _unless_too_many(_recurring(timing, works))
        case TimingKind.WINDOW:
            return _unless_too_many(_windows(timing, works))
        case TimingKind.FIXED_DATE:
            return tuple(_fixed(span, works) for span in _told(timing))
        case TimingKind.ONCE_BY_DEADLINE:
            return tuple(_by_deadline(span, timing, works) for span in _told(timing))
        case TimingKind.CONTINUOUS | TimingKind.UNCLEAR:
            return ()


def _unless_too_many(proposals: Iterator[Proposal]) -> tuple[Proposal, ...]:
    found = tuple(islice(proposals, MOST + 1))
    return found if len(found) <= MOST else ()


def _told(timing: Timing) -> tuple[Period, ...]:
    if timing.periods:
        return timing.periods
    if timing.end is None:
        return ()
    return (Period(timing.start or timing.end.replace(month=1, day=1), timing.end),)


def _recurring(timing: Timing, works: WorkingDays) -> Iterator[Proposal]:
    for span, count in _asked(timing):
        if timing.before and timing.periods and count == 1:
            yield _by_deadline(span, timing, works)
        else:
            yield from _spread(span, count, works, _last_on(span, timing))


def _last_on(span: Period, timing: Timing) -> date:
    """Give the last day in time; the day a deadline names is none where it says "trước"."""
    excluded = timing.before and (bool(timing.periods) or span.end == timing.end)
    return span.end - _DAY if excluded and span.start < span.end else span.end


def _asked(timing: Timing) -> Iterator[tuple[Period, int]]:
    """Give each span and how often it is asked for in it; see ``Timing`` for what periods mean."""
    count = timing.count or 1
    for span in _told(timing):
        if timing.periods:
            yield span, count if timing.per and size_of(span) is timing.per else 1
        elif timing.per:
            yield from ((unit, count) for unit in spans(timing.per, span))
        else:
            yield span, count


def _windows(timing: Timing, works: WorkingDays) -> Iterator[Proposal]:
    count = 1 if timing.periods else timing.count or 1
    for span in _told(timing):
        yield from _spread(span, count, works, _last_on(span, timing))


def _spread(span: Period, count: int, works: WorkingDays, last_on: date) -> Iterator[Proposal]:
    """Propose ``count`` days evenly over the working days of ``span`` up to ``last_on``."""
    open_days = [day for day in _days(Period(span.start, last_on)) if works(day)]
    flag = SlotFlag.CROWDED if len(open_days) < count else SlotFlag.NONE
    if not open_days:
        open_days, flag = [_nearest_before(span.start, works)], SlotFlag.NO_WORKING_DAY
    for number in range(1, count + 1):
        due_on = open_days[number * len(open_days) // (count + 1)]
        yield Proposal(span=span, number=number, due_on=due_on, last_on=last_on, flag=flag)


def _fixed(span: Period, works: WorkingDays) -> Proposal:
    open_days = [day for day in _days(span) if works(day)]
    if open_days:
        return Proposal(span=span, number=1, due_on=open_days[0], last_on=span.end)
    due_on = _nearest_before(span.start, works)
    return Proposal(span=span, number=1, due_on=due_on, last_on=span.end, flag=SlotFlag.DAY_OFF)


def _by_deadline(span: Period, timing: Timing, works: WorkingDays) -> Proposal:
    last_on = _last_on(span, timing)
    open_days = [day for day in _days(Period(span.start, last_on)) if works(day)]
    if not open_days:
        due_on = _nearest_before(span.start, works)
        flag = SlotFlag.NO_WORKING_DAY
        return Proposal(span=span, number=1, due_on=due_on, last_on=last_on, flag=flag)
    due_on = open_days[max(len(open_days) - 1 - AHEAD, 0)]
    return Proposal(span=span, number=1, due_on=due_on, last_on=last_on)


def _days(span: Period) -> Iterator[date]:
    day = span.start
    while day <= span.end:
        yield day
        day += _DAY


def _nearest_before(day: date, works: WorkingDays) -> date:
    """Give the last working day before ``day``, itself where there is none for a month."""
    earlier = (day - _DAY * back for back in range(1, _SEARCHED))
    return next((one for one in earlier if works(one)), day)
