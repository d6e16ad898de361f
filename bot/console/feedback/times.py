"""The time a case has left, in the working time of its office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.keys import CONSOLE
from bot.feedback.due import Due
from bot.feedback.due_words import time_left
from bot.feedback.moves import CaseState
from bot.feedback.working import WorkingTime
from bot.handling.clockwork import OfficeClockwork

# Where an office has told no hours: what is due until the day after tomorrow is due soon.
SOON: Final = timedelta(days=2)


class Dated(Protocol):
    """What of a case its clock is told by."""

    @property
    def office(self) -> str:
        """Whose hours count."""

    @property
    def state(self) -> CaseState:
        """Whether it is open."""

    @property
    def due_at(self) -> datetime | None:
        """Until when it is to be answered."""

    @property
    def left_minutes(self) -> int | None:
        """What is left while the clock stands still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """How much time is left, in words and as the tone of a tag."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Times:
    """Tells time in each office's working time."""

    clockwork: OfficeClockwork

    def left(self, case: Dated, now: datetime) -> Left | None:
        """Tell what is left of an open case's time."""
        if not case.state.is_open:
            return None
        due = None
        if case.due_at is not None or case.left_minutes is not None:
            due = Due(at=case.due_at, left=case.left_minutes)
        return Left(words=time_left(self._of(case.office), due, now), tone=self._tone(case, now))

    def _tone(self, case: Dated, now: datetime) -> str:
        if case.due_at is None:
            return "quiet"
        if case.due_at < now:
            return "bad"
        return "warn" if case.due_at <= self.soon(case.office, now) else "good"

    def soon(self, office: str, now: datetime) -> datetime:
        """Give until when what is due is due soon: the end of the next working day."""
        time = self._of(office)
        today = now.astimezone(VIETNAM).date()
        return (time.nth_working_day(today, 1) if time else None) or now + SOON

    def _of(self, office: str) -> WorkingTime | None:
        return self.clockwork.times.time(office)


CLOCKWORK: web.AppKey[OfficeClockwork] = web.AppKey("clockwork", OfficeClockwork)


def times_of(request: web.Request) -> Times:
    """Give the working times the console goes by."""
    return Times(request.app[CLOCKWORK])


def now_of(request: web.Request) -> datetime:
    """Give the present moment."""
    return request.app[CONSOLE].clock.now()
