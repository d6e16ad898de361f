"""Where a broadcast is, in the one word that people and scripts read; pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from broadcasts.models import BroadcastStatus, RunStatus, ScheduleStatus


class State(StrEnum):
    """Text, schedule and run of a broadcast in one word."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"
    MISSED = "missed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What there is of a broadcast: the text's place, and its schedules and runs, oldest first.

    ``schedules`` and ``runs`` are those of the version that stands; ``going`` are the statuses of
    earlier versions' runs that have not ended: they go on with the text they were approved with.
    """

    status: BroadcastStatus
    schedules: tuple[ScheduleStatus, ...] = ()
    runs: tuple[RunStatus, ...] = ()
    going: tuple[RunStatus, ...] = ()

    @property
    def state(self) -> State:
        """The word: what goes out now, else what stops it, else what comes, else what was."""
        under_way = {*self.runs, *self.going}
        for status in (RunStatus.RUNNING, RunStatus.PAUSED):
            if status in under_way:
                return State(status)
        if self.status is not BroadcastStatus.APPROVED:
            return State(self.status)
        if RunStatus.MISSED in self.runs:
            return State.MISSED
        if ScheduleStatus.ACTIVE in self.schedules:
            return State.SCHEDULED
        if self.runs:
            return State(self.runs[-1])
        return State.CANCELLED if ScheduleStatus.CANCELLED in self.schedules else State.APPROVED
