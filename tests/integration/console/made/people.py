"""Officers, and entries of the audit."""

from __future__ import annotations

from itertools import count

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import CLOCKWORK, acting
from bot.console.pages.audit import entry_in_path
from bot.console.pages.offices import placed_office
from bot.console.pages.people import officer_in_path
from bot.console.routing import Resolver
from bot.officials.audit import Deed
from bot.officials.models import OfficerId
from bot.storage import audit_rows
from bot.storage.officer_rows import NewOfficer, add_officer
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts

_numbers = count()


async def an_officer(house: ConsoleHouse, office: str) -> Parts:
    async with house.database.writing() as connection:
        return {"officer": str(await _one_more(connection, house, office))}


async def more_officers(house: ConsoleHouse, rows: int) -> None:
    async with house.database.writing() as connection:
        for _ in range(rows):
            await _one_more(connection, house, HERE)


async def _one_more(connection: AsyncConnection, house: ConsoleHouse, office: str) -> OfficerId:
    new = NewOfficer(login=f"ai-do-{next(_numbers)}", name="Trần Văn Hòa", office=office)
    return await add_officer(connection, new, at=house.clock.now())


async def an_entry(house: ConsoleHouse, office: str) -> Parts:
    await more_entries(house, 1, office)
    async with house.database.reading() as connection:
        return {"seq": str((await audit_rows.head(connection)).seq)}


async def more_entries(house: ConsoleHouse, rows: int, office: str = HERE) -> None:
    async with acting(house.database, house.clock, CLOCKWORK) as doing:
        for number in range(rows):
            doing.did(
                Deed(action="officer_off", office=office, kind="officer", subject=str(number))
            )


async def a_placed_office(_house: ConsoleHouse, office: str) -> Parts | None:
    return {"office": office} if office else None


OBJECTS: dict[Resolver, Factory] = {
    officer_in_path: an_officer,
    entry_in_path: an_entry,
    placed_office: a_placed_office,
}
FILLERS: list[Filler] = [more_officers, more_entries]
