"""Times of day as officials type them: 05:00, 5h, 5h30, 5 giờ 30, 5g30, 5 giờ rưỡi chiều."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, time
from typing import Final

from bot.clock import VIETNAM
from broadcasts.text import composed, plain

# Nothing here is about another century, and the first and last years have no moment in UTC.
YEARS: Final = range(1900, 2200)
# All in plain words: without marks, in small letters.
AN_HOUR: Final = r"(?:h|g|gio)(?![a-z])"
# Two figures, or one that is said to be minutes; never the hour of the time that follows.
MINUTE: Final = (
    rf"(?P<minute>\d{{2}}|\d(?=\s?phut)|ruoi)(?!\d|:|\s?{AN_HOUR})(?:\s?(?:phut|ph|p|'))?"
)
PART: Final = r"(?P<part>sang|trua|chieu|toi|dem)"
TIME: Final = re.compile(
    rf"(?P<hour>\d{{1,2}})(?::(?P<after>\d{{2}})|\s?(?:h|g|gio)(?:\s?{MINUTE})?)"
    rf"(?:\s?{PART})?(?![\w:])"
)
BETWEEN: Final = re.compile(r"[\s,;.]+|(?<=\s)va(?=\s)")
ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}[t ]\d")
DAY: Final = re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})")
AROUND_A_DAY: Final = re.compile(r"\b(?:luc|vao|ngay)\b|,")
NOON: Final = 12
HALF_PAST: Final = {"ruoi": 30}
# Which hours each part of the day has: "5 giờ chiều" is 17:00, "12 giờ đêm" is midnight.
HOURS_OF: Final = {
    "sang": range(12),
    "trua": range(10, 15),
    "chieu": range(12, 19),
    "toi": range(17, 24),
    "dem": (*range(20, 24), *range(5)),
}


def time_of_day(typed: str) -> time | None:
    """Read one time of day; nothing where it is none."""
    found = TIME.fullmatch(_simple(typed))
    return _time(found) if found else None


def times_of_day(typed: str) -> tuple[time, ...] | None:
    """Read several, parted by blanks, commas, semicolons or "và", in the order they stand.

    Nothing where one of them is no time of day, or there is none.
    """
    text = _simple(typed)
    told = tuple(map(_time, TIME.finditer(text)))
    left = BETWEEN.sub("", TIME.sub(" ", text))
    times = tuple(one for one in told if one is not None)
    return times if times and len(times) == len(told) and not left else None


def moment_of(typed: str) -> datetime | None:
    """Read a day and a time of day in either order, by Vietnamese clocks; else nothing.

    The day stands as 20/11/2026, or the whole as ISO 8601 ("2026-11-20T07:30"), which may name
    another zone. It is of one of ``YEARS``.
    """
    text = _simple(typed)
    try:
        read = datetime.fromisoformat(text.upper()) if ISO.match(text) else _day_and_time(text)
    except ValueError:
        return None
    if read is None or read.year not in YEARS:
        return None
    return read if read.tzinfo else read.replace(tzinfo=VIETNAM)


def _day_and_time(text: str) -> datetime | None:
    found = DAY.search(text)
    at = time_of_day(AROUND_A_DAY.sub(" ", DAY.sub(" ", text, count=1))) if found else None
    if found is None or at is None:
        return None
    return datetime(int(found["y"]), int(found["m"]), int(found["d"]), at.hour, at.minute)  # noqa: DTZ001 - the caller adds the zone


def _time(found: re.Match[str]) -> time | None:
    hour, told = int(found["hour"]), found["after"] or found["minute"] or "0"
    minute = HALF_PAST.get(told) or int(told)
    if found["part"]:
        hour = _hour_of(hour, HOURS_OF[found["part"]])
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _hour_of(hour: int, part: Collection[int]) -> int:
    """Give the hour of a part of the day; 24, which is none, where that part has no such hour."""
    may_be = (hour, (hour + NOON) % (2 * NOON)) if hour <= NOON else (hour,)
    return next((one for one in may_be if one in part), 2 * NOON)


def _simple(typed: str) -> str:
    return " ".join(plain(composed(typed)).replace("’", "'").split())
