"""Readers of news."""

from __future__ import annotations

from sqlalchemy import select

from bot.console.pages.reader import reader_in_path
from bot.console.routing import Resolver
from bot.storage.broadcast_tables import subscribers
from broadcasts.reading import topics
from tests.fakes.console import HERE, ConsoleHouse
from tests.fakes.readers import a_reader, subscribe_all
from tests.integration.console.made.kinds import Factory, Filler, Parts

ADDRESS = "100200300"


async def a_subscriber(house: ConsoleHouse, office: str) -> Parts:
    """Subscribe somebody on Telegram whom nobody else is."""
    async with house.database.reading() as connection:
        found = await connection.execute(select(subscribers.c.id).order_by(subscribers.c.id))
        address = f"{ADDRESS}{len(found.all())}"
    await subscribe_all(
        house.database, [a_reader("telegram", address, office=office)], [[topics()[0].code]]
    )
    async with house.database.reading() as connection:
        wanted = select(subscribers.c.id).where(subscribers.c.address == address)
        return {"reader": str((await connection.execute(wanted)).scalar_one())}


async def many_readers(house: ConsoleHouse, count: int) -> None:
    rows = [a_reader("web", f"phien-{number}", office=HERE) for number in range(count)]
    await subscribe_all(house.database, rows, [[topics()[0].code]] * count)


OBJECTS: dict[Resolver, Factory] = {reader_in_path: a_subscriber}
FILLERS: list[Filler] = [many_readers]
