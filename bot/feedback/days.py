"""What is known of a day for the working time of an office."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from bot.officials.days_off import in_force
from bot.officials.hours import DayKnown
from broadcasts.calendar.estimated import estimated_day_off
from knowledge.models import DayOff, Source


def day_known(layers: Sequence[Sequence[DayOff]]) -> DayKnown:
    """Tell of days by the days off in ``layers``, the nearest office's first.

    A day that none of them names and that probably is a public holiday counts as one whose notice
    is still to come: nobody is told a moment that Tết takes away.
    """

    @cache
    def known(day: date) -> DayOff | None:
        return in_force(day, layers) or _expected(day)

    return known


def _expected(day: date) -> DayOff | None:
    if not estimated_day_off(day):
        return None
    return DayOff(name="", first=day, last=day, source=Source(name="", seen=day), confirmed=False)
