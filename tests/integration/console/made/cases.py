"""Cases of citizens, made for tests that try every way."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.feedback.addresses import case_in_path
from bot.console.pages.case_entry import one_office_in_path
from bot.console.pages.case_units import unit_in_path
from bot.console.routing import Resolver
from bot.feedback.models import Contact, Place
from bot.storage.feedback_tables import units
from bot.storage.unit_rows import UnitWish, add_unit
from tests.conftest import NOON
from tests.fakes.console import ConsoleHouse
from tests.fakes.filed import file_case, file_cases
from tests.integration.console.made.kinds import Factory, Filler, Parts


async def a_case(house: ConsoleHouse, office: str) -> Parts | None:
    """File a case of an office; every case belongs to one."""
    if not office:
        return None
    return {"case": str((await file_case(house, office=office)).id)}


async def many_cases(house: ConsoleHouse, count: int) -> None:
    """File cases of people who told who they are."""
    told = {
        "topic": "moi_truong",
        "words": "Rác đổ đầy đầu ngõ mấy hôm nay, mùi hôi không chịu nổi.",
        "place": Place(words="đầu ngõ 5 đường Hoa Sữa", hamlet="Tổ 3"),
        "contact": Contact(name="Nguyễn Văn An", phone="0912345678"),
        "anonymous": False,
    }
    await file_cases(house, [{**told, "at": NOON - timedelta(hours=ago)} for ago in range(count)])


async def one_office(_house: ConsoleHouse, office: str) -> Parts | None:
    """Name an office; what belongs to all of them has no cases."""
    return {"office": office} if office else None


async def a_unit(house: ConsoleHouse, office: str) -> Parts | None:
    """Add a unit to an office."""
    if not office:
        return None
    async with house.database.writing() as connection:
        name = f"Tổ công tác {await last_unit(connection) + 1}"
        return {"unit": str(await add_unit(connection, UnitWish(office=office, name=name)))}


async def last_unit(connection: AsyncConnection) -> int:
    return int((await connection.execute(select(func.max(units.c.id)))).scalar() or 0)


OBJECTS: dict[Resolver, Factory] = {
    case_in_path: a_case,
    one_office_in_path: one_office,
    unit_in_path: a_unit,
}
FILLERS: list[Filler] = [many_cases]
