"""A timetable in Vietnamese words: “Hằng tuần, thứ Hai, 8 giờ, đến hết 31/12/2026”; pure."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from broadcasts.routes import VIETNAM
from broadcasts.schedule.models import Timetable
from broadcasts.schedule.rules import last_moment, parts_of

Tell = Callable[[Mapping[str, str]], str | None]
DATA: Final = Path(__file__).with_name("data") / "telling.vi.toml"
# What says nothing of its own, or is told apart from the days.
BESIDE: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYHOUR", "BYMINUTE", "WKST"})
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NTH: Final = re.compile(rf"\+?([1-5]|-1)({'|'.join(DAYS)})")
_MONTH_DAY: Final = re.compile(r"[1-9]|[12]\d|3[01]|-1")
_TO_THE_LAST: Final = re.compile(r"28,29(?:,30(?:,31)?)?")


def spoken(timetable: Timetable) -> str:
    """Tell when something goes out; what no words are here for is told as the rule that it is."""
    begins = timetable.starts_at.astimezone(VIETNAM)
    if not timetable.rrule:
        return _say("once", clock=_clock(begins.hour, begins.minute), day=_day(begins))
    parts = parts_of(timetable.rrule)
    days = _days(parts, begins)
    if days is None:
        return _say("by_rule", rule=timetable.rrule)
    hour, minute = parts.get("BYHOUR", begins.hour), parts.get("BYMINUTE", begins.minute)
    told = (_every(parts), days, _clock(int(hour), int(minute)), _end(timetable.rrule, parts))
    return ", ".join(filter(None, told))


def _every(parts: Mapping[str, str]) -> str:
    count, freq = int(parts.get("INTERVAL", "1")), parts["FREQ"]
    told: str = _words()["every" if count == 1 else "each"][freq]
    return told.format(count=count)


def _days(parts: Mapping[str, str], begins: datetime) -> str | None:
    """Tell the days of a rule; nothing where there are no words for them."""
    named = frozenset(parts) - BESIDE
    if not named:
        return _own_day(parts["FREQ"], begins)
    tell = TOLD.get((parts["FREQ"], named))
    return tell(parts) if tell else None


def _own_day(freq: str, begins: datetime) -> str:
    """Tell the day of a rule that goes by the one it begins on."""
    day = _say("month_day", day=begins.day)
    year_day = f"{day} {_say('of_month', month=begins.month)}"
    own = {"WEEKLY": _weekday(begins.weekday()), "MONTHLY": day, "YEARLY": year_day}
    return own.get(freq, "")


def _weekdays(parts: Mapping[str, str]) -> str | None:
    days = parts["BYDAY"].split(",")
    return ", ".join(_weekday(DAYS.index(one)) for one in days) if set(days) <= {*DAYS} else None


def _nth_weekdays(parts: Mapping[str, str]) -> str | None:
    told = [_nth_weekday(one) for one in parts["BYDAY"].split(",")]
    return ", ".join(filter(None, told)) if all(told) else None


def _nth_weekday(written: str) -> str | None:
    found = _NTH.fullmatch(written)
    if found is None:
        return None
    nth, weekday = int(found[1]), _weekday(DAYS.index(found[2]))
    name = {1: "first_weekday", -1: "last_weekday"}.get(nth, "nth_weekday")
    return _say(name, weekday=weekday, nth=nth)


def _month_days(parts: Mapping[str, str]) -> str | None:
    days = parts["BYMONTHDAY"].split(",")
    if not all(map(_MONTH_DAY.fullmatch, days)):
        return None
    return ", ".join(
        _say("last_day") if one == "-1" else _say("month_day", day=int(one)) for one in days
    )


def _day_or_last(parts: Mapping[str, str]) -> str | None:
    """Tell the rule the console writes for a day that some months have not."""
    if parts["BYSETPOS"] != "-1" or not _TO_THE_LAST.fullmatch(parts["BYMONTHDAY"]):
        return None
    return _say("day_or_last", day=parts["BYMONTHDAY"].rpartition(",")[2])


def _days_of_months(parts: Mapping[str, str]) -> str | None:
    days = _month_days(parts)
    return days and f"{days} {_say('of_month', month=parts['BYMONTH'].replace(',', ', '))}"


def _end(rrule: str, parts: Mapping[str, str]) -> str:
    if "COUNT" in parts:
        return _say("times", count=parts["COUNT"])
    last = last_moment(rrule)
    return _say("until", day=_day(last)) if last else ""


def _weekday(number: int) -> str:
    told: str = _words()["weekdays"][number]
    return told


def _clock(hour: int, minute: int) -> str:
    return _say("clock_minutes" if minute else "clock", hour=hour, minute=minute)


def _day(of: date) -> str:
    return f"{of:%d/%m/%Y}"


def _say(key: str, **gaps: object) -> str:
    told: str = _words()[key]
    return told.format(**gaps)


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


# What a rule names its days by, beside what every rule may have.
TOLD: Final[Mapping[tuple[str, frozenset[str]], Tell]] = {
    ("DAILY", frozenset({"BYDAY"})): _weekdays,
    ("WEEKLY", frozenset({"BYDAY"})): _weekdays,
    ("MONTHLY", frozenset({"BYDAY"})): _nth_weekdays,
    ("MONTHLY", frozenset({"BYMONTHDAY"})): _month_days,
    ("MONTHLY", frozenset({"BYMONTHDAY", "BYSETPOS"})): _day_or_last,
    ("YEARLY", frozenset({"BYMONTH", "BYMONTHDAY"})): _days_of_months,
}
