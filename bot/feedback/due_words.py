"""The time that is left, or by which something is late, in words for officials."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from bot.clock import VIETNAM
from bot.feedback.due import Due
from bot.feedback.law import read_data
from bot.feedback.terms import Unit
from bot.feedback.working import WorkingTime

MINUTE: Final = timedelta(minutes=1)


def time_left(time: WorkingTime | None, due: Due | None, now: datetime) -> str:
    """Tell how long a case has, or how late it is: whole working days, the last day in hours."""
    if time is None or due is None:
        return _say("none")
    told = _told(time, due, now)
    return _say("expected", words=told) if due.expected else told


def limit_words(number: int, unit: Unit) -> str:
    """Tell a limit as officials do: “3 ngày làm việc”."""
    return f"{number} {_words()['units'][unit]}"


def kept_words(kept: timedelta) -> str:
    """Tell how long something is kept: in years where they are whole ones, else in days."""
    units: Mapping[str, int] = _words()["spans"]
    unit = next(name for name, days in units.items() if kept.days % days == 0)
    return f"{kept.days // units[unit]} {unit}"


def _told(time: WorkingTime, due: Due, now: datetime) -> str:
    if due.at is None:
        # As if the citizen replied now: the same time is told the same way, stopped or not.
        until = time.add_minutes(now, due.left or 0) or now
        return _say("stopped", amount=_between(time, now, until))
    if not due.is_overdue(now):
        return _say("left", amount=_between(time, now, due.at))
    # What ended at 24:00 was due on the day that ended.
    days = time.days_between(_day(due.at - MINUTE), _day(now))
    minutes = time.minutes_between(due.at, now)
    late = days or minutes
    return _say("overdue", amount=_amount(days, minutes)) if late else _say("overdue_now")


def _between(time: WorkingTime, now: datetime, until: datetime) -> str:
    """Tell the time from ``now`` on; what ends at 24:00 ends on the day that ends."""
    days = time.days_between(_day(now), _day(until - MINUTE))
    return _amount(days, time.minutes_between(now, until))


def _day(at: datetime) -> date:
    return at.astimezone(VIETNAM).date()


def _amount(days: int, minutes: int) -> str:
    return _say("days", number=days) if days > 0 else _minutes(minutes)


def _minutes(number: int) -> str:
    hours, minutes = divmod(number, 60)
    if not hours:
        return _say("minutes", minutes=minutes)
    return _say("hours_minutes" if minutes else "hours", hours=hours, minutes=minutes)


def _say(key: str, **gaps: str | int) -> str:
    return str(_words()[key]).format(**gaps)


@cache
def _words() -> Mapping[str, Any]:
    return read_data("due.vi.toml")
