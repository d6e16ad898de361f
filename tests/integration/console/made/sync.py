"""What the National portal changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from bot.console.pages.sync import matter_in_path
from bot.console.resolvers import in_path
from bot.console.routing import Resolver
from knowledge.tables import portal_changes
from tests.conftest import NOON
from tests.fakes.console import ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts

CHANGED: dict[str, Any] = {
    "at": NOON,
    "kind": "changed",
    "code": "1.001193",
    "name": "Thủ tục đăng ký khai sinh",
    "fields": '{"result":["Giấy khai sinh","Bản chính Giấy khai sinh"]}',
}


async def a_matter(house: ConsoleHouse, office: str) -> Parts:
    async with house.database.writing() as connection:
        made = insert(portal_changes).values(CHANGED).returning(portal_changes.c.id)
        number = (await connection.execute(made)).scalar_one()
    return {"office": in_path(office), "change": str(number)}


async def many_matters(house: ConsoleHouse, count: int) -> None:
    async with house.database.writing() as connection:
        await connection.execute(insert(portal_changes), [CHANGED] * count)


OBJECTS: dict[Resolver, Factory] = {matter_in_path: a_matter}
FILLERS: list[Filler] = [many_matters]
