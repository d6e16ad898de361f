"""On which days an office works: its own days off, those above it, everybody's, weekends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.days_off import in_force
from bot.officials.standing import Standing
from bot.storage.standing_rows import load_entries
from broadcasts.calendar import WorkingDays
from broadcasts.calendar.estimated import estimated_day_off
from knowledge.layers import lineage
from knowledge.models import DayOff, Snapshot

_SATURDAY: Final = 5


async def working_days(
    connection: AsyncConnection, snapshot: Snapshot, office: str
) -> WorkingDays:
    """Give the working days of ``office`` as they are known now."""
    entries = await load_entries(connection)
    own = Standing.of(entries, lineage(snapshot.offices, office)).days
    return worked((*own, snapshot.days_off))


def worked(layers: Sequence[Sequence[DayOff]]) -> WorkingDays:
    """Tell working days by days off in ``layers``, the nearest office's first.

    A day that none of them names counts as a holiday when it probably is one.
    """

    @cache
    def works(day: date) -> bool:
        told = in_force(day, layers)
        if told is not None:
            return told.works
        return day.weekday() < _SATURDAY and not estimated_day_off(day)

    return works
