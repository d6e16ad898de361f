"""The days a phrase names, taken together: from when, until when, or a list of stretches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from broadcasts.timing.calendar import year_of
from broadcasts.timing.models import Per, Period
from broadcasts.timing.notes import Unclear
from broadcasts.timing.parts import Role
from broadcasts.timing.resolving import Days
from broadcasts.timing.rhythm import in_order, up_to
from broadcasts.timing.vocabulary import Kind

_LISTING = (Kind.COMMA, Kind.BOTH, Kind.BREAK, Kind.OPEN, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The bounds of what is to be done.

    ``periods`` are what was listed, more than one. ``deadline`` when its end is what counts.
    """

    start: Period | None = None
    end: Period | None = None
    periods: tuple[Period, ...] = ()
    deadline: bool = False
    before: bool = False
    unit: Per | None = None
    open_end: bool = False
    fixed: bool = False


def framed(found: Sequence[Days], year: int) -> Frame | None:
    """Bring days together; raise ``Unclear`` where they do not fit."""
    within = _narrowed([days for days in found if days.role is Role.WITHIN])
    done = _narrowed([days for days in found if days.role is Role.DONE])
    starts = [days for days in found if days.role in (Role.FROM, Role.AFTER)]
    ends = [days for days in found if days.role in (Role.BY, Role.BEFORE)]
    if starts:
        return _opened(_start(starts), _end(ends, done, within), year)
    if ends:
        return _by(ends, within or done, year)
    if done:
        return _done(done, within)
    return _within(within) if within else None


def _narrowed(found: list[Days]) -> Days | None:
    current: Days | None = None
    for days in found:
        current = days if current is None else _joined(current, days)
    return current


def _joined(one: Days, other: Days) -> Days:
    """Take the narrower of two, or both as a list."""
    if _inside(other, one):
        return other
    if _inside(one, other):
        return one
    apart = not any(a.meets(b) for a in one.periods for b in other.periods)
    alike = one.unit is other.unit or other.joint is Kind.BOTH
    if apart and alike and other.joint in _LISTING:
        return replace(one, periods=(*one.periods, *other.periods), before=other.before)
    raise Unclear("several")


def _inside(inner: Days, outer: Days) -> bool:
    if len(outer.periods) > 1 and len(inner.periods) != len(outer.periods):
        return False
    return all(any(wide.holds(one) for wide in outer.periods) for one in inner.periods)


def _start(starts: list[Days]) -> Period:
    periods = {period for days in starts for period in days.periods}
    if len(periods) > 1:
        raise Unclear("several")
    period = periods.pop()
    if starts[0].role is Role.AFTER:
        day = period.end + timedelta(days=1)
        return Period(day, day)
    return period


def _end(ends: list[Days], done: Days | None, within: Days | None) -> Days | None:
    """Give the one that tells the end of what begins somewhere."""
    told = [days for days in (*ends, done, within) if days]
    periods = {period for days in told for period in days.periods}
    narrow = [days for days in told if days.unit is not Per.YEAR]
    if (len(narrow) > 1 and len(periods) > 1) or any(len(days.periods) > 1 for days in told):
        raise Unclear("several")
    return next(iter(narrow or told), None)


def _opened(start: Period, end: Days | None, year: int) -> Frame:
    if end is None:
        return Frame(start=start, end=year_of(year), open_end=True)
    last = end.periods[0]
    if last.end < start.start or (end.before and last.end == start.start):
        raise Unclear("reversed", end.group.words)
    return Frame(start=start, end=last, before=end.before)


def _by(ends: list[Days], within: Days | None, year: int) -> Frame:
    periods = tuple({period for days in ends for period in days.periods})
    if len({days.before for days in ends}) > 1:
        raise Unclear("several")
    before = ends[0].before
    if len(periods) > 1:
        if within and within.unit is not Per.YEAR:
            raise Unclear("several")
        return Frame(periods=up_to(periods, year), before=before)
    start = _deadline_start(periods[0], within)
    return Frame(start=start, end=periods[0], deadline=True, before=before)


def _deadline_start(end: Period, within: Days | None) -> Period | None:
    if within is None:
        return None
    if len(within.periods) > 1:
        raise Unclear("several")
    stretch = within.periods[0]
    if not stretch.start <= end.end <= stretch.end:
        raise Unclear("conflict")
    # A day named twice ("trước Ngày Pháp luật (09/11)") is no stretch that begins with it.
    return None if within.unit is Per.YEAR or stretch.start == stretch.end else stretch


def _done(done: Days, within: Days | None) -> Frame:
    if len(done.periods) > 1:
        return _listed(done)
    last = done.periods[0]
    start = None if done.single_days and not done.before else last
    if within and within.unit is not Per.YEAR:
        earlier = within.periods[0]
        if len(within.periods) > 1 or earlier.start > last.end:
            raise Unclear("several")
        if earlier.end < last.start:
            return Frame(start=earlier, end=last, before=done.before)
        start = earlier if earlier.start > last.start else start
    return Frame(start=start, end=last, deadline=True, before=done.before)


def _within(days: Days) -> Frame:
    if len(days.periods) > 1:
        return _listed(days)
    only = days.periods[0]
    fixed = only.start == only.end
    return Frame(start=only, end=only, unit=days.unit, before=days.before, fixed=fixed)


def _listed(days: Days) -> Frame:
    ordered = in_order(days.periods)
    if len(ordered) == 1:
        return Frame(start=ordered[0], end=ordered[0], unit=days.unit)
    return Frame(periods=ordered, unit=days.unit, before=days.before)
