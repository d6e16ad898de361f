"""Wishes about personal data, each of another chat."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.console.feedback.wishes import wish_in_path
from bot.console.routing import Resolver
from bot.feedback.wishes import DataWish
from bot.storage.data_wish_rows import add_wish
from tests.conftest import NOON
from tests.factories import a_citizen
from tests.fakes.console import HERE, ConsoleHouse
from tests.integration.console.made.kinds import Factory, Filler, Parts

DUE = NOON + timedelta(days=20)


async def a_wish(
    house: ConsoleHouse,
    office: str = HERE,
    wish: DataWish = DataWish.ERASE,
    who: str = "7",
    due: datetime = DUE,
) -> str:
    """Note a wish; give its number."""
    async with house.database.writing() as connection:
        noted = await add_wish(
            connection, wish, a_citizen(who), office=office, at=NOON, due_at=due
        )
    return str(noted.id)


async def _parts(house: ConsoleHouse, office: str) -> Parts:
    return {"wish": await a_wish(house, office, who=office)}


async def many_wishes(house: ConsoleHouse, count: int) -> None:
    for number in range(count):
        await a_wish(house, who=str(number))


OBJECTS: dict[Resolver, Factory] = {wish_in_path: _parts}
FILLERS: list[Filler] = [many_wishes]
