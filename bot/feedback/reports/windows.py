"""The stretch of time a report looks at, and which cases belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.feedback.reports.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """From ``begin`` until just before ``end``; ``now`` is when it is looked at."""

    begin: datetime
    end: datetime
    now: datetime

    def holds(self, at: datetime | None) -> bool:
        """Tell whether a moment lies in it."""
        return at is not None and self.begin <= at < self.end

    @property
    def seen_at(self) -> datetime:
        """Give the moment at which what is open is called overdue or not."""
        return min(self.end, self.now)

    def has(self, one: Fact) -> bool:
        """Tell whether a case came in before its end and was not over before it began."""
        ended = one.ended_at
        return one.received_at < self.end and (ended is None or ended >= self.begin)

    def is_overdue(self, one: Fact) -> bool:
        """Tell whether a case is open at its end, and late when looked at."""
        is_open = one.ended_at is None or one.ended_at >= self.end
        return is_open and one.due_at is not None and one.due_at < self.seen_at
