"""Recurrence rules (RFC 5545) as an office uses them: by the day or slower, in Việt Nam's time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Final

from dateutil.rrule import rrulestr

from broadcasts.routes import VIETNAM
from broadcasts.schedule.errors import BadRule

FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
PARTS: Final = frozenset(
    {
        "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYYEARDAY",
        "BYWEEKNO", "BYSETPOS", "BYHOUR", "BYMINUTE", "WKST",
    }
)  # fmt: skip
LONGEST: Final = 300
# What does not come within so long never comes: the 30th of February is not waited for.
HORIZON: Final = timedelta(days=366 * 5)
# A line break would begin a second rule, which nobody looked at.
_VALUE: Final = re.compile(r"[A-Z0-9,+-]+", re.ASCII)
_UNTIL: Final = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")


def with_until(rrule: str, until: date) -> str:
    """Give the rule with its last day.

    Raises:
        BadRule: it has an end already.
    """
    parts = parts_of(rrule)
    if {"UNTIL", "COUNT"} & parts.keys():
        raise BadRule("ended_twice", rrule)
    return f"{_written(parts)};UNTIL={until:%Y%m%d}"


def checked(rrule: str, starts_at: datetime) -> str:
    """Give the rule as it is stored.

    Raises:
        BadRule: it is none, more often than daily, or nothing ever comes of it.
    """
    parts = parts_of(rrule)
    # Two hours or two minutes of a day come more often than daily.
    often = any("," in parts.get(name, "") for name in ("BYHOUR", "BYMINUTE"))
    if parts.keys() - PARTS or parts.get("FREQ") not in FREQUENCIES or often:
        raise BadRule("unreadable", rrule)
    if {"UNTIL", "COUNT"} <= parts.keys():
        raise BadRule("ended_twice", rrule)
    written = _written(parts)
    if len(written) > LONGEST:
        raise BadRule("unreadable", rrule)
    if next(occurrences(written, starts_at), None) is None:
        raise BadRule("never", rrule)
    return written


def occurrences(
    rrule: str, starts_at: datetime, after: datetime | None = None
) -> Iterator[datetime]:
    """Give the moments of a rule, aware, the first from ``starts_at`` on; later than ``after``.

    Ends with the rule, or ``HORIZON`` after where it is looked from.

    Raises:
        BadRule: it is none.
    """
    parts = parts_of(rrule)
    count = parts.pop("COUNT", "")
    start = _here(starts_at).replace(microsecond=0)
    seen_from = start if after is None else max(start, _here(after))
    horizon = _ahead(seen_from)
    until = _until(parts.pop("UNTIL", ""), rrule)
    last = min(until or horizon, horizon)
    try:
        bounded = _written({**parts, "UNTIL": f"{last:%Y%m%dT%H%M%S}"})
        rule = rrulestr(bounded, dtstart=start)
        for one in islice(rule, int(count) if count else None):
            if one >= start and (after is None or one > _here(after)):
                yield one.replace(tzinfo=VIETNAM)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError) as fault:
        raise BadRule("unreadable", rrule) from fault


def last_moment(rrule: str) -> datetime | None:
    """Give the rule's own end by Việt Nam's wall clock, a day meant whole; nothing without one.

    Raises:
        BadRule: it is none.
    """
    return _until(parts_of(rrule).get("UNTIL", ""), rrule)


def parts_of(rrule: str) -> dict[str, str]:
    """Give the parts of a rule by their names.

    Raises:
        BadRule: it is none.
    """
    told = rrule.strip().upper().removeprefix("RRULE:").rstrip(";")
    pairs = [part.partition("=") for part in told.split(";")]
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    counted = (parts.get(name, "1") for name in ("COUNT", "INTERVAL"))
    whole = all(one.isdecimal() and int(one) > 0 for one in counted)
    plain = all(map(_VALUE.fullmatch, parts.values()))
    if len(parts) < len(pairs) or not plain or not whole:
        raise BadRule("unreadable", rrule)
    return parts


def _written(parts: Mapping[str, str]) -> str:
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _until(told: str, rrule: str) -> datetime | None:
    """Read the end: a day is meant whole, a moment with Z is of Greenwich."""
    if not told:
        return None
    found = _UNTIL.fullmatch(told)
    if found is None:
        raise BadRule("unreadable", rrule)
    day, at, greenwich = found.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{at or '235959'}")
        return _here(moment.replace(tzinfo=UTC)) if greenwich else moment
    except (ValueError, OverflowError):
        raise BadRule("unreadable", rrule) from None


def _ahead(seen_from: datetime) -> datetime:
    try:
        return seen_from + HORIZON
    except OverflowError:
        return seen_from


def _here(at: datetime) -> datetime:
    """Give Việt Nam's wall clock, which never jumps."""
    return at.astimezone(VIETNAM).replace(tzinfo=None)
