"""The weeks, months, quarters, halves and years for which something is asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from broadcasts.timing import Per, Period
from broadcasts.timing.calendar import units_of

_THURSDAY: Final = timedelta(days=3)


def spans(per: Per, within: Period) -> tuple[Period, ...]:
    """Give the periods of ``per`` in ``within``, those at its edges cut to it.

    A week belongs where its Thursday is (ISO 8601), so that no quota is asked of a day or two.
    """
    units = units_of(per, within)
    if per is not Per.WEEK:
        return units
    return tuple(one for one in units if _has_thursday(one))


def _has_thursday(week: Period) -> bool:
    monday = week.start - timedelta(days=week.start.weekday())
    return week.start <= monday + _THURSDAY <= week.end
