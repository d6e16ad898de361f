"""Readings of texts over the loudspeakers."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from bot.console.pages.loudspeaker import reading_in_path
from bot.console.routing import Resolver
from bot.storage.broadcast_tables import readings
from bot.storage.reading_rows import add_readings
from broadcasts.readings import Airing
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts
from tests.integration.console.made.news import a_text


async def a_reading(
    house: ConsoleHouse, office: str, due: timedelta = timedelta(minutes=-30)
) -> Parts:
    text = int((await a_text(house, office))["text"])
    airing = Airing(due_at=NOON + due, station="Thôn Một")
    async with house.database.writing() as connection:
        await add_readings(
            connection,
            [airing],
            broadcast=text,
            version=1,
            office=office,
            minutes=3,
            by=1,
            now=NOON,
        )
        wanted = select(readings.c.id).where(readings.c.broadcast == text)
        return {"reading": str((await connection.execute(wanted)).scalar_one())}


async def many_readings(house: ConsoleHouse, count: int) -> None:
    for number in range(count // 2):
        await a_reading(house, HERE, timedelta(minutes=-number))


OBJECTS: dict[Resolver, Factory] = {reading_in_path: a_reading}
FILLERS: list[Filler] = [many_readings]
