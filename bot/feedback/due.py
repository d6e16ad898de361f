"""When a case is due: its limit, a day a person has set instead, and the clock that stops.

The clock runs in working minutes. While a citizen is asked it stands still, with as many minutes
left as it had; what was overdue before the question stays so. Whether something is overdue is
reckoned whenever somebody looks and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.feedback.working import WorkingTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """From when to when a citizen was asked; one that goes on has no end."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDay:
    """The day a person has promised instead of the limit's, and when they did."""

    day: date
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When something is due.

    ``at`` is missing while the clock stands still, then ``left`` are the working minutes that
    remain. ``expected`` says that a day off whose notice is still to come lies before it.
    """

    at: datetime | None
    left: int | None = None
    expected: bool = False

    def is_overdue(self, now: datetime) -> bool:
        """Tell whether the moment has passed."""
        return self.at is not None and now > self.at


def due_of(
    time: WorkingTime | None,
    begin: datetime,
    end: datetime | None,
    pauses: Sequence[Pause] = (),
    instead: SetDay | None = None,
) -> Due | None:
    """Give when something is due that runs from ``begin`` to ``end`` of its limit.

    ``pauses`` stand in the order of time. Nothing when the office has told no hours, or when
    there is no limit: then a person tells the citizen.
    """
    if time is None:
        return None
    since, at = begin, end
    if instead is not None:
        since, at = instead.at, time.end_from(instead.day)
    if at is None:
        return None
    for pause in pauses:
        asked = max(since, pause.since)
        if asked >= at or (pause.until is not None and pause.until <= asked):
            continue
        left = time.minutes_between(asked, at)
        if pause.until is None:
            return Due(at=None, left=left, expected=time.is_expected(begin, at))
        moved = time.add_minutes(pause.until, left)
        if moved is None:
            return None
        at = moved
    return Due(at=at, expected=time.is_expected(begin, at))
