"""When a limit of days or hours ends, in an office's working time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.clock import VIETNAM
from bot.feedback.working import WorkingTime


class Unit(StrEnum):
    """What a limit is counted in.

    A working day ends with the office's hours, and the day something came in is not counted. Of
    calendar days the last one is moved to the next working day. A working hour is 60 minutes of
    opening hours from the next opening on; an hour is one of the clock, by night and on holidays.
    """

    WORKING_DAY = "wd"
    DAY = "d"
    WORKING_HOUR = "wh"
    HOUR = "h"


def end_of_term(time: WorkingTime, begin: datetime, number: int, unit: Unit) -> datetime | None:
    """Give when ``number`` units from ``begin`` are over; nothing when the office never works."""
    day = begin.astimezone(VIETNAM).date()
    match unit:
        case Unit.WORKING_DAY:
            return time.nth_working_day(day, number)
        case Unit.DAY:
            return time.end_from(day + timedelta(days=number))
        case Unit.WORKING_HOUR:
            return time.add_minutes(begin, number * 60)
        case Unit.HOUR:
            begun = begin.astimezone(UTC).replace(second=0, microsecond=0)
            return begun + timedelta(hours=number)
