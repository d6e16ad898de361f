"""How much is played, and the hours, days off and standstills of it, for offices and reckoning."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from bot.officials.entry_values import day_value
from bot.officials.office_entries import Entry
from knowledge.models import DayOff, Source
from tests.fakes.years.habits import DAY
from tests.fakes.years.people import at
from tests.fakes.years.reckoning import HERE, Almanac

LONG_AGO: Final = datetime(2000, 1, 1, tzinfo=HERE)
PROVINCE: Final = "tinh"
NIGHT: Final = (time(21, 30), time(6, 30))
EARLY: Final = (time(20, 30), time(7, 0))


@dataclass(frozen=True)
class Scene:
    """How much is played: from the first of January of ``first``, for so many years."""

    first: int
    years: int = 2
    offices: int = 2
    readers: int = 6
    habits: int = 7
    seed: int = 1
    issued: Path | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The offices that have a plan: the province and its communes."""
        return (PROVINCE, *(f"xa-{number}" for number in range(1, self.offices)))

    @property
    def begins(self) -> date:
        return date(self.first, 1, 1)

    @property
    def ends(self) -> date:
        """The first day after it: reminders of the last term are told by then."""
        return date(self.first + self.years, 1, 15)

    @property
    def calendar_years(self) -> range:
        return range(self.first, self.first + self.years)


def standing_of(scene: Scene) -> tuple[list[tuple[datetime, Entry]], Almanac]:
    """Give what the offices set and when, and the same for the reckoning."""
    dice = random.Random(scene.seed)
    entries: list[tuple[datetime, Entry]] = []
    quiet = {code: [(LONG_AGO, *NIGHT)] for code in scene.codes}
    own: dict[str, dict[date, bool]] = {code: {} for code in scene.codes}

    def hours(code: str, since: datetime, begins: time, ends: time) -> None:
        value = {"from": f"{begins:%H:%M}", "to": f"{ends:%H:%M}"}
        entries.append((since, Entry(office=code, key="rule:quiet_hours", value=value)))
        quiet[code].append((since, begins, ends))

    def day(code: str, known: date, first: date, days: int, *, works: bool = False) -> None:
        told = DayOff(
            name="-",
            first=first,
            last=first + (days - 1) * DAY,
            works=works,
            source=Source(name="-", url="", seen=known),
        )
        entry = Entry(office=code, key=f"day:{first}", value=day_value(told))
        entries.append((at(known, 16), entry))
        own[code] |= {first + ahead * DAY: works for ahead in range(days)}

    for number, code in enumerate(scene.codes):
        if number % 2:
            hours(code, LONG_AGO, *EARLY)
        for year in scene.calendar_years:
            # A storm closes the office from one day to the next; a Saturday is worked.
            first = date(year, 9, 14) + dice.randrange(40) * DAY
            day(code, first - DAY, first, 2)
            day(code, date(year, 1, 2), date(year, 3, 7) - _after_saturday(year), 1, works=True)
    hours(scene.codes[-1], at(date(scene.first + 1, 7, 1), 12), time(20, 10), EARLY[1])
    line = {code: (code,) if code == PROVINCE else (code, PROVINCE) for code in scene.codes}
    return entries, Almanac(line=line, quiet=quiet, own=own, down=_standstills(scene, dice))


def _after_saturday(year: int) -> timedelta:
    return timedelta(days=(date(year, 3, 7).weekday() - 5) % 7)


def _standstills(scene: Scene, dice: random.Random) -> list[tuple[datetime, datetime]]:
    """The program dies some fifteen times a year, for minutes, hours or days."""
    found: list[tuple[datetime, datetime]] = []
    day = scene.begins + 20 * DAY
    while day < scene.ends - 20 * DAY:
        since = datetime.combine(day, time(dice.choice((6, 7, 8, 14, 20, 21))), HERE)
        # In the middle of what has just begun.
        since += dice.choice((timedelta(seconds=2), timedelta(minutes=1), timedelta(minutes=50)))
        lasting = dice.choice((3, 40, 95, 200, 700, 2 * 1440, 5 * 1440))
        until = (since + timedelta(minutes=lasting)).replace(second=0)
        found.append((since, until))
        day += timedelta(days=12 + dice.randrange(24))
    return found
