"""Days off that offices set themselves."""

from __future__ import annotations

from datetime import timedelta

from bot.console.pages.days import day_in_path
from bot.console.resolvers import in_path
from bot.console.routing import Resolver
from bot.officials.entry_values import day_value
from bot.officials.office_entries import Entry
from bot.storage.standing_rows import put_standing
from knowledge.models import DayOff, Source
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts

FIRST = NOON.date()


async def a_day(house: ConsoleHouse, office: str, ahead: int = 0) -> Parts:
    first = FIRST + timedelta(days=ahead)
    source = Source(name="Thông báo 15/TB-UBND", seen=FIRST)
    day = DayOff(name="Nghỉ họp", first=first, last=first, source=source)
    entry = Entry(office=office, key=f"day:{first.isoformat()}", value=day_value(day))
    async with house.database.writing() as connection:
        await put_standing(connection, [entry], at=NOON, change=None)
    return {"office": in_path(office), "first": first.isoformat()}


async def many_days(house: ConsoleHouse, count: int) -> None:
    for ahead in range(count):
        await a_day(house, HERE, ahead)


OBJECTS: dict[Resolver, Factory] = {day_in_path: a_day}
FILLERS: list[Filler] = [many_days]
