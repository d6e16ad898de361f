"""The records of a schedule and of its occurrences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from broadcasts.models import BroadcastId, RunId, RunStatus, ScheduleStatus

ScheduleId = NewType("ScheduleId", int)
# Minutes after its time during which an occurrence may still begin.
GRACE_MINUTES: Final = 120
# Nothing begins to the second; what may not be late at all begins within its minute.
LEAST_GRACE: Final = timedelta(minutes=1)
# After a week nobody calls it the same occurrence.
MOST_GRACE_MINUTES: Final = 7 * 24 * 60


class OffDays(StrEnum):
    """What becomes of an occurrence on a day on which the office does not work."""

    KEEP = ""
    SKIP = "skip"
    NEXT = "next"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """When something is wished: at ``starts_at``, or from then on by ``rrule`` (RFC 5545).

    ``starts_at`` is aware; the rule goes by Việt Nam's clocks.
    """

    starts_at: datetime
    rrule: str = ""
    grace_minutes: int = GRACE_MINUTES
    off_days: OffDays = OffDays.KEEP

    @property
    def grace(self) -> timedelta:
        """How long after its time an occurrence may still begin."""
        return max(timedelta(minutes=self.grace_minutes), LEAST_GRACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A timetable of one version of a broadcast; ``next_due_at`` is when it begins next."""

    id: ScheduleId
    broadcast: BroadcastId
    version: int
    timetable: Timetable
    status: ScheduleStatus
    next_due_at: datetime | None
    made_at: datetime
    made_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One time at which a schedule's text went out, or was to; what is sent is its run."""

    run: RunId
    schedule: ScheduleId
    version: int
    status: RunStatus
    due_at: datetime
    total: int
