"""Days, moments and numbers as officials in Vietnam write them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from bot.clock import VIETNAM
from bot.console.words import say
from broadcasts.documents.numbers import number_text, size_text
from broadcasts.timing import spoken
from broadcasts.timing.wire import timing_from_json

HIGH: Final = 2 / 3
MIDDLING: Final = 1 / 3


def day(of: date | str) -> str:
    """Write a day, or the text of one (2026-11-20), as 20/11/2026."""
    return (date.fromisoformat(of) if isinstance(of, str) else of).strftime("%d/%m/%Y")


def dated(of: date) -> str:
    """Write a day with its place in the week: thứ Sáu 20/11/2026."""
    return f"{say(f'times.weekday_{of.isoweekday()}')} {day(of)}"


def moment(at: datetime) -> str:
    """Write an aware moment by Vietnamese clocks: 20/11/2026 14:05."""
    return at.astimezone(VIETNAM).strftime("%d/%m/%Y %H:%M")


def number(value: int | Decimal) -> str:
    """Write a number with dots between thousands: 12.345."""
    return number_text(value)


def size(amount: int) -> str:
    """Write an amount of bytes as 64 KB or 1,5 MB."""
    return size_text(amount)


def share(value: float) -> str:
    """Write a share or a score with two decimals: 0,78."""
    return number_text(value, 2)


def degree(value: float) -> str:
    """Tell a share of 0–1 in a word: high, middling, low."""
    if value >= HIGH:
        return say("degrees.high")
    return say("degrees.middle" if value >= MIDDLING else "degrees.low")


def ago(at: datetime, now: datetime) -> str:
    """Tell roughly how long ago ``at`` was; stands beside the date, never alone."""
    passed = max(now - at, timedelta())
    if passed < timedelta(hours=1):
        return say("times.minutes_ago", count=int(passed.total_seconds() // 60))
    if passed < timedelta(days=1):
        return say("times.hours_ago", count=int(passed.total_seconds() // 3600))
    return say("times.days_ago", count=passed.days)


def timing(stored: str) -> str:
    """Say in a sentence when an entry of a plan is to be done; ``stored`` is its JSON."""
    return spoken(timing_from_json(stored))
