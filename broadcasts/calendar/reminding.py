"""Of what an officer is reminded, and when."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from broadcasts.calendar.standing import Slot, SlotStatus

# Days ahead of the day a thing is proposed for, and of the last one it is in time.
AHEAD: Final = timedelta(days=3)
LAST: Final = timedelta(days=1)


class ReminderKind(StrEnum):
    """Each is told once of a slot: it comes up, its time runs out, its time is over."""

    SOON = "soon"
    LAST = "last"
    LATE = "late"


def reminder(slot: Slot, today: date) -> ReminderKind | None:
    """Give what its officer is to be told of ``slot`` today, if anything."""
    if slot.status is not SlotStatus.OPEN:
        return None
    if slot.last_on < today:
        return ReminderKind.LATE
    if slot.last_on - LAST <= today:
        return ReminderKind.LAST
    return ReminderKind.SOON if slot.due_on - AHEAD <= today else None
