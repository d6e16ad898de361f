"""What must come of the years, reckoned minute by minute and day by day; slow, and on its own.

Nothing of the program's is imported: only the published table of days off is read, as a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Final

from holidays import HolidayBase, country_holidays

from tests.fakes.years.habits import DAY, Habit

HERE: Final = timezone(timedelta(hours=7))
MINUTE: Final = timedelta(minutes=1)
DAYS_OFF: Final = Path(__file__).parents[3] / "knowledge" / "data" / "days_off.toml"


@dataclass(frozen=True)
class Wanted:
    """One schedule as somebody wished it."""

    number: int
    office: str
    starts_at: datetime
    habit: Habit | None
    off_days: str
    urgent: bool = False
    grace: timedelta = timedelta(minutes=120)


@dataclass
class Almanac:
    """Which minutes are quiet and which days are worked at each office.

    ``quiet`` lists from when on which hours hold; ``own`` the offices' days, true when worked;
    ``above`` names each office's own line, the nearest first.
    """

    line: Mapping[str, tuple[str, ...]]
    quiet: Mapping[str, list[tuple[datetime, time, time]]]
    own: Mapping[str, Mapping[date, bool]]
    down: list[tuple[datetime, datetime]]

    def is_quiet(self, office: str, at: datetime) -> bool:
        """Tell whether nobody may be written to in the minute of ``at``."""
        here = at.astimezone(HERE)
        known = [hours for since, *hours in self.quiet[office] if since <= here]
        begins, ends = known[-1]
        now = here.time().replace(second=0, microsecond=0)
        return begins <= now < ends if begins <= ends else now >= begins or now < ends

    def works(self, office: str, day: date) -> bool:
        """Tell whether the office works on a day."""
        for one in self.line[office]:
            if day in self.own.get(one, {}):
                return self.own[one][day]
        if day in _shipped():
            return _shipped()[day]
        return day.weekday() < 5 and day not in _estimated(day.year)

    def begins(self, wanted: Wanted, at: datetime) -> datetime | None:
        """Walk from a wished minute to the one in which it may begin."""
        minute = at
        while not wanted.urgent and self.is_quiet(wanted.office, minute):
            minute += MINUTE
        if wanted.off_days == "skip" and not self.works(wanted.office, minute.date()):
            return None
        while wanted.off_days == "next" and not self.works(wanted.office, minute.date()):
            minute += DAY
        return minute

    def is_down(self, at: datetime) -> tuple[datetime, datetime] | None:
        """Give the standstill around a moment, if there is one."""
        return next((one for one in self.down if one[0] <= at <= one[1]), None)


@dataclass(frozen=True, order=True)
class Told:
    """A run that must be: when it was due, whether its time was missed, when it was seen to."""

    due: datetime
    missed: bool
    seen: datetime


def runs_of(
    almanac: Almanac, wanted: Wanted, *, until: datetime, ended: datetime | None
) -> Iterator[Told]:
    """Give every run of a schedule until ``until``, or until it ``ended``."""
    last = min(until, ended or until)
    times = sorted(set(_times(almanac, wanted, until)))
    for place, at in enumerate(times):
        stands = almanac.is_down(at)
        then = times[place + 1] if place + 1 < len(times) else None
        if stands and then is not None and then <= stands[1]:
            continue
        seen = stands[1] if stands else at
        if seen > last:
            return
        told = _told(almanac, wanted, at, seen)
        if told.seen <= last:
            yield told


def _told(almanac: Almanac, wanted: Wanted, at: datetime, seen: datetime) -> Told:
    begins = almanac.begins(wanted, seen)
    if seen - at > wanted.grace or begins is None:
        # Too late, or left over on a day nobody works: somebody says what becomes of it.
        return Told(at, True, seen)
    return Told(at, False, seen) if begins == seen else Told(begins, False, begins)


def _times(almanac: Almanac, wanted: Wanted, until: datetime) -> Iterator[datetime]:
    for at in _wished(wanted, until):
        begins = almanac.begins(wanted, at)
        if begins is not None and begins <= until:
            yield begins


def _wished(wanted: Wanted, until: datetime) -> Iterator[datetime]:
    first = wanted.starts_at.astimezone(HERE)
    if wanted.habit is None:
        yield first
        return
    left = wanted.habit.count
    day = first.date()
    while day <= min(until.date(), wanted.habit.until or until.date()) and left != 0:
        if wanted.habit.on(day, first.date()):
            left = None if left is None else left - 1
            yield datetime.combine(day, first.timetz())
        day += DAY


def due_reminders(
    slots: Iterable[tuple[int, date, date]], today: date
) -> Iterator[tuple[int, str]]:
    """Give of which open slots (number, day, last day) is to be told today, and what."""
    for number, due_on, last_on in slots:
        if today > last_on:
            yield number, "late"
        elif (last_on - today).days <= 1:
            yield number, "last"
        elif (due_on - today).days <= 3:
            yield number, "soon"


@cache
def _estimated(year: int) -> HolidayBase:
    return country_holidays("VN", years=year)


@cache
def _shipped() -> dict[date, bool]:
    rows = tomllib.loads(DAYS_OFF.read_text(encoding="utf-8"))["day_off"]
    days: dict[date, bool] = {}
    for row in rows:
        day = row["first"]
        while day <= row["last"]:
            days[day] = row.get("works", False) or days.get(day, False)
            day += DAY
    return days
