"""How regularly listed stretches come: one in each quarter, or so many in the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Final

from broadcasts.timing.calendar import units_of, year_of
from broadcasts.timing.models import Per, Period
from broadcasts.timing.notes import Unclear

_EVEN: Final = (Per.MONTH, Per.QUARTER, Per.HALF)


def rhythm(periods: Sequence[Period], year: int) -> tuple[int, Per]:
    """Give count and unit of a list: one each quarter for March, June, September, December."""
    for per in _EVEN:
        units = units_of(per, year_of(year))
        if len(periods) == len(units) and _even(units, periods):
            return 1, per
    return len(periods), Per.YEAR


def _even(units: Sequence[Period], periods: Sequence[Period]) -> bool:
    """Tell whether one ends in the same month of each unit."""
    pairs = list(zip(units, periods, strict=True))
    ends_in = all(unit.start <= period.end <= unit.end for unit, period in pairs)
    return ends_in and len({period.end.month - unit.start.month for unit, period in pairs}) == 1


def in_order(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Order a list; stretches that grow from one first day are told by what each adds."""
    found = tuple(sorted(set(periods), key=lambda period: (period.start, period.end)))
    if len(found) > 1 and len({period.start for period in found}) == 1:
        return _added(found)
    if any(one.end >= later.start for one, later in pairwise(found)):
        raise Unclear("conflict")
    return found


def _added(growing: tuple[Period, ...]) -> tuple[Period, ...]:
    parts = [growing[0]]
    for period in growing[1:]:
        parts.append(Period(parts[-1].end + timedelta(days=1), period.end))
    return tuple(parts)


def up_to(ends: Sequence[Period], year: int) -> tuple[Period, ...]:
    """Give the stretches that end at each deadline, the first from the year's first day."""
    start = year_of(year).start
    parts = []
    for deadline in sorted(set(ends), key=lambda period: period.end):
        parts.append(Period(min(start, deadline.end), deadline.end))
        start = deadline.end + timedelta(days=1)
    return tuple(parts)
