"""Readers of news, and lists of them that were handed in."""

from __future__ import annotations

from sqlalchemy import select

from bot.console.file_work.kept import KEPT_IN_PATH
from bot.console.pages.reader import reader_in_path
from bot.console.routing import Resolver
from bot.officials.models import OfficerId
from bot.storage.broadcast_tables import subscribers
from bot.storage.import_rows import Counts, ImportKind, add_import
from broadcasts.reading import topics
from tests.conftest import NOON
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


async def a_list(house: ConsoleHouse, office: str) -> Parts:
    """Hand in a list of somebody who is no reader yet."""
    body = f"kênh,địa chỉ,cơ quan,đối tượng\ntelegram,5550001,{office or HERE},người dân\n"
    async with house.database.writing() as connection:
        number = await add_import(
            connection,
            office=office,
            officer=OfficerId(1),
            name="danh-sach.csv",
            body=body.encode(),
            digest="0" * 64,
            counts=Counts(new=1, changed=0, unchanged=0, faults=0),
            at=NOON,
            kind=ImportKind.READERS,
        )
    return {"id": str(number)}


async def many_lists(house: ConsoleHouse, count: int) -> None:
    for _ in range(count // 2):
        await a_list(house, HERE)


OBJECTS: dict[Resolver, Factory] = {
    reader_in_path: a_subscriber,
    KEPT_IN_PATH[ImportKind.READERS]: a_list,
}
FILLERS: list[Filler] = [many_readers, many_lists]
