"""When an occurrence begins: moved off quiet hours and off days, once each, never piled up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import groupby, takewhile
from typing import Final

from broadcasts.routes import VIETNAM, Quiet
from broadcasts.schedule.models import OffDays, Timetable
from broadcasts.schedule.rules import occurrences

IsWorking = Callable[[date], bool]
# The longest that quiet hours and days off together put something back: longer than any Tết.
NEVER: Final = Quiet(begins=time(0), ends=time(0))
LONGEST_MOVE: Final = timedelta(days=31)


def every_day(_: date) -> bool:
    """Take each day for one on which the office works."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """When an office may begin to speak; ``is_working`` tells its working days."""

    quiet: Quiet = NEVER
    is_working: IsWorking = every_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What is to be done now about a schedule: the newest of its times that have come.

    ``passed`` older ones came while nobody looked and are let go: they never pile up. ``missed``
    when even the newest is past its grace. ``then`` is the next time, if there is one. ``at`` is
    nothing where hours or days off set meanwhile put off, or left out, what was to come by now.
    """

    at: datetime | None
    missed: bool
    passed: int
    then: datetime | None


def moved(at: datetime, hours: Hours, off_days: OffDays = OffDays.KEEP) -> datetime | None:
    """Give when what was wished for ``at`` may begin; nothing when its day is left out."""
    begins = hours.quiet.over(at)
    if off_days is OffDays.KEEP or hours.is_working(_day(begins)):
        return begins
    if off_days is OffDays.SKIP:
        return None
    here = begins.astimezone(VIETNAM)
    for ahead in range(1, LONGEST_MOVE.days):
        later = here + timedelta(days=ahead)
        if hours.is_working(later.date()):
            return later
    return None


def next_due(timetable: Timetable, hours: Hours, after: datetime) -> datetime | None:
    """Give the first time later than ``after`` at which the timetable may begin."""
    return next(dues(timetable, hours, after), None)


def first_due(timetable: Timetable, hours: Hours) -> datetime | None:
    """Give the first time of a timetable; nothing when it has none."""
    return next_due(timetable, hours, timetable.starts_at - timedelta(microseconds=1))


def due_now(timetable: Timetable, hours: Hours, due_at: datetime, now: datetime) -> Due:
    """Tell what is to be done at ``now`` about a timetable whose next time is ``due_at``.

    ``due_at`` was reckoned before: whether it stands is asked again of ``hours`` as they are now.
    """
    newest, come, then = None, 0, None
    for one in _standing(timetable, hours, due_at):
        if one > now:
            then = one
            break
        newest, come = one, come + 1
    missed = newest is not None and now > newest + timetable.grace
    return Due(at=newest, missed=missed, passed=max(come - 1, 0), then=then)


def _standing(timetable: Timetable, hours: Hours, due_at: datetime) -> Iterator[datetime]:
    here = moved(due_at, hours, timetable.off_days)
    times = merge([here] if here else [], dues(timetable, hours, due_at))
    return (one for one, _ in groupby(times))


def dues(timetable: Timetable, hours: Hours, after: datetime) -> Iterator[datetime]:
    """Give every time later than ``after``, each once although two occurrences may meet in it."""
    latest = after
    for one in wished(timetable, after - LONGEST_MOVE):
        due = moved(one, hours, timetable.off_days)
        if due is not None and due > latest:
            latest = due
            yield due


def meet(times: Sequence[datetime], others: Iterable[datetime], within: timedelta) -> bool:
    """Tell whether any of ``others`` is less than ``within`` from one of ``times``; both rise."""
    near = takewhile(lambda one: one < times[-1] + within, others)
    return any(abs(other - one) < within for other in near for one in times)


def wished(timetable: Timetable, after: datetime) -> Iterator[datetime]:
    """Give the times of a timetable as wished; of a rule those later than ``after``."""
    if timetable.rrule:
        return occurrences(timetable.rrule, timetable.starts_at, after)
    return iter((timetable.starts_at,))


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()
