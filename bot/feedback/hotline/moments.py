"""Moments as exports write them: Excel's own, its numbers of days, days in Vietnamese words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.clock import VIETNAM
from bot.feedback.hotline.wording import listed
from knowledge.text import fold

# Day 1 of Excel is 1/1/1900, and it believes that 29/2/1900 was.
_EXCEL: Final = datetime(1899, 12, 30, tzinfo=VIETNAM)
_EXCEL_DAYS: Final = range(30_000, 80_000)
_SECONDS: Final = 86_400
_CENTURY: Final = 2_000
_NOON: Final = 12
_DAYS: Final = (
    re.compile(r"(?<!\d)(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<d>\d{1,2})\s?[-/.]\s?(?P<m>\d{1,2})\s?[-/.]\s?(?P<y>\d{4}|\d\d)(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<d>\d{1,2}) thang (?P<m>\d{1,2}),? nam (?P<y>\d{4})(?!\d)"),
)
_HOUR: Final = re.compile(
    r"(?<!\d)(?P<h>\d{1,2})\s?(?::|h|gio|g)\s?(?P<n>\d{1,2})?(?!\d)(?:\s?(?:phut|p\b))?"
    r"(?::(?P<s>\d{1,2})(?:\.\d+)?)?"
)
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of Vietnamese time; ``is_day`` where no hour was written, then it is midnight."""

    at: datetime
    is_day: bool

    @property
    def spoken(self) -> str:
        """Tell it as officials write it."""
        return f"{self.at:%d/%m/%Y}" if self.is_day else f"{self.at:%H:%M %d/%m/%Y}"


def moment_of(value: object) -> Moment:
    """Read the value of a cell.

    Raises:
        ValueError: it is no moment.
    """
    match value:
        case datetime():
            at = value if value.tzinfo else value.replace(tzinfo=VIETNAM)
            return _moment(at.astimezone(VIETNAM))
        case date():
            return _moment(datetime.combine(value, time(), VIETNAM))
        case int() | float() if int(value) in _EXCEL_DAYS:
            return _moment(_EXCEL + timedelta(seconds=round(value * _SECONDS)))
        case str():
            return _written(value)
        case _:
            raise ValueError(value)


def _moment(at: datetime) -> Moment:
    return Moment(at, is_day=at.time() == time())


def _written(said: str) -> Moment:
    text = " ".join(fold(said).split())
    day = next((found for one in _DAYS if (found := one.search(text))), None)
    if day is None:
        raise ValueError(said)
    rest = f"{text[: day.start()]} {text[day.end() :]}"
    hour = _HOUR.search(rest)
    left = _WORD.findall(rest if hour is None else f"{rest[: hour.start()]} {rest[hour.end() :]}")
    halves = [one for one in left if one in listed("mornings") | listed("evenings")]
    if any(one not in listed("around_days") and one not in halves for one in left):
        raise ValueError(said)
    year = int(day["y"]) + (_CENTURY if len(day["y"]) == len("26") else 0)
    on = date(year, int(day["m"]), int(day["d"]))
    if hour is None:
        return Moment(datetime.combine(on, time(), VIETNAM), is_day=True)
    at = time(_hour(int(hour["h"]), halves), int(hour["n"] or 0), int(hour["s"] or 0))
    return Moment(datetime.combine(on, at, VIETNAM), is_day=False)


def _hour(hour: int, halves: list[str]) -> int:
    """Give the hour of 24; “12:30 SA” is half an hour past midnight."""
    if not halves or hour > _NOON:
        return hour
    return hour % _NOON + (_NOON if halves[-1] in listed("evenings") else 0)
