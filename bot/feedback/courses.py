"""What the clock of a case goes by, read from its events: begin, pauses, a day set instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.feedback.due import Pause, SetDay
from bot.feedback.models import Event, Remark
from bot.feedback.moves import Act, CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How a case's time went so far.

    ``begun_at`` is its receipt, or when it was last opened again: then all else begins anew.
    ``alerted`` is the share of the time, in per cent, of which somebody was told last.
    """

    begun_at: datetime
    pauses: tuple[Pause, ...] = ()
    instead: SetDay | None = None
    alerted: int = 0

    @property
    def is_paused(self) -> bool:
        """Tell whether the clock stands still."""
        return bool(self.pauses) and self.pauses[-1].until is None

    @property
    def counts_from(self) -> datetime:
        """Give from when shares of the time are counted."""
        return self.instead.at if self.instead else self.begun_at

    def after(self, event: Event) -> Course:
        """Give the course with one more event."""
        if event.did in (Act.FILE, Act.REOPEN):
            return Course(begun_at=event.at)
        return _noted(self._clocked(event), event)

    def _clocked(self, event: Event) -> Course:
        """Let the clock stand while the citizen is asked, and go on with whatever comes then."""
        asked = event.state is CaseState.AWAITING_CITIZEN
        if asked and not self.is_paused:
            return replace(self, pauses=(*self.pauses, Pause(since=event.at)))
        if self.is_paused and not asked:
            ended = replace(self.pauses[-1], until=event.at)
            return replace(self, pauses=(*self.pauses[:-1], ended))
        return self


def _noted(course: Course, event: Event) -> Course:
    if event.did is Remark.ALERT:
        return replace(course, alerted=int(event.data["share"]))
    if event.did in (Remark.DUE_SET, Remark.APOLOGY):
        day = SetDay(day=date.fromisoformat(event.data["promised"]), at=event.at)
        return replace(course, instead=day, alerted=0)
    return course


def course_of(begun_at: datetime, events: Iterable[Event]) -> Course:
    """Read the course of a case that was received at ``begun_at``; its events in their order."""
    course = Course(begun_at=begun_at)
    for event in events:
        course = course.after(event)
    return course
