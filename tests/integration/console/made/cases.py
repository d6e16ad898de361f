"""Cases of citizens, made for tests that try every way."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.feedback.addresses import case_in_path, case_or_state_in_path
from bot.console.file_work.kept import KEPT_IN_PATH
from bot.console.pages.case_units import unit_in_path
from bot.console.resolvers import one_office_in_path
from bot.console.routing import Resolver
from bot.feedback.models import Contact, Place, Publicity
from bot.officials.models import OfficerId
from bot.storage.feedback_tables import cases, units
from bot.storage.import_rows import Counts, ImportKind, add_import
from bot.storage.unit_rows import UnitWish, add_unit
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse
from tests.fakes.exports import an_export
from tests.fakes.filed import file_case, file_cases, sent_on
from tests.integration.console.made.kinds import Factory, Filler, Parts

THERE: Final = "xa-b"


async def a_case(house: ConsoleHouse, office: str) -> Parts | None:
    """File a case of an office; every case belongs to one."""
    if not office:
        return None
    return {"case": str((await file_case(house, office=office)).id)}


async def many_cases(house: ConsoleHouse, count: int) -> None:
    """File cases of people who told who they are, all agreed to be shown to everybody."""
    told = {
        "topic": "moi_truong",
        "words": "Rác đổ đầy đầu ngõ mấy hôm nay, mùi hôi không chịu nổi.",
        "place": Place(words="đầu ngõ 5 đường Hoa Sữa", hamlet="Tổ 3"),
        "contact": Contact(name="Nguyễn Văn An", phone="0912345678"),
        "anonymous": False,
    }
    await file_cases(house, [{**told, "at": NOON - timedelta(hours=ago)} for ago in range(count)])
    async with house.database.writing() as connection:
        await connection.execute(update(cases).values(publicity=Publicity.AGREED))


async def many_sent(house: ConsoleHouse, count: int) -> None:
    """Give some of the cases to an office beside; one comes back and is given away again."""
    filed = await file_cases(house, [{"at": NOON - timedelta(hours=n)} for n in range(count // 2)])
    for case in filed:
        await sent_on(house, case, THERE)
    await sent_on(house, await sent_on(house, filed[0], HERE), THERE)


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


async def an_export_handed_in(house: ConsoleHouse, office: str) -> Parts | None:
    """Hand in an export of a hotline with one case; every case belongs to one office."""
    if not office:
        return None
    async with house.database.writing() as connection:
        number = await add_import(
            connection,
            office=office,
            officer=OfficerId(1),
            name="xuat-1022.xlsx",
            body=an_export([{}, {"Mã phản ánh": "1022-0002", "Nội dung phản ánh": ""}]),
            digest="0" * 64,
            counts=Counts(new=1, changed=0, unchanged=0, faults=1),
            at=NOON,
            kind=ImportKind.CASES,
        )
    return {"id": str(number)}


async def many_exports(house: ConsoleHouse, count: int) -> None:
    for _ in range(count // 2):
        await an_export_handed_in(house, HERE)


OBJECTS: dict[Resolver, Factory] = {
    case_in_path: a_case,
    case_or_state_in_path: a_case,
    one_office_in_path: one_office,
    unit_in_path: a_unit,
    KEPT_IN_PATH[ImportKind.CASES]: an_export_handed_in,
}
FILLERS: list[Filler] = [many_cases, many_sent, many_exports]
