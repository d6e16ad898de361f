"""What a report knows of a case: one record, without a word of the citizen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.feedback.kinds import Kind
from bot.feedback.models import Result, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A case as figures see it; moments are aware.

    ``due_at`` is what stood when it was first answered, or stands now; there is none while a
    citizen is asked and where an office has told no limit. ``answered_at`` is the first answer,
    refusals and handing on included. ``dropped_at`` is when it was withdrawn or merged without
    one. ``minutes`` are the working minutes until the first answer, without those in which the
    citizen was asked; unknown of an office that has told no hours.
    """

    case: int
    office: str
    kind: Kind
    regime: str
    topic: str
    unit: int | None
    source: Source
    received_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    dropped_at: datetime | None
    minutes: int | None
    result: Result
    reopened: int
    level: int | None

    @property
    def ended_at(self) -> datetime | None:
        """Give when the office first owed nothing any more."""
        return self.answered_at or self.dropped_at

    @property
    def is_merged(self) -> bool:
        """Tell whether another case is answered for it, which counts for both."""
        return self.result is Result.DUPLICATE

    @property
    def is_late(self) -> bool:
        """Tell whether it was answered, and after its day."""
        return bool(self.due_at and self.answered_at and self.answered_at > self.due_at)
