"""A sealed inbox with items, and whoever is appointed to read it."""

from __future__ import annotations

from sqlalchemy import insert

from bot.console.routing import Resolver
from bot.feedback.sealed import Reader
from bot.officials.models import OfficerId
from bot.storage import sealed_rows
from bot.storage.feedback_person_tables import sealed_items
from bot.vault import place
from tests.conftest import NOON
from tests.fakes.console import HERE, ConsoleHouse, Seat
from tests.integration.console.made.kinds import Factory, Filler

WORDS = "ông A nhận tiền của bà B <script>"
DOCUMENT = "QĐ 12/QĐ-UBND"


async def appointed(house: ConsoleHouse, seat: Seat, office: str = HERE) -> Seat:
    """Let whoever has ``seat`` read the sealed inbox of ``office``."""
    assert seat.officer is not None
    await appoint(house, seat.officer, office)
    return seat


async def appoint(house: ConsoleHouse, officer: OfficerId, office: str = HERE) -> None:
    reader = Reader(office=office, officer=officer, document=DOCUMENT, at=NOON)
    async with house.database.writing() as connection:
        await sealed_rows.appoint(connection, reader, by=1)


async def sealed_item(house: ConsoleHouse, office: str = HERE, anchor: int = 1) -> str:
    """Put words into the sealed inbox of an office; give the item's number."""
    assert house.vaults.sealed is not None
    where = place("feedback_sealed_items", "words_sealed", anchor)
    row = {
        "office": office,
        "anchor": anchor,
        "words_sealed": house.vaults.sealed.seal(WORDS, where),
        "received_at": NOON,
    }
    wish = insert(sealed_items).values(row).returning(sealed_items.c.id)
    async with house.database.writing() as connection:
        return str((await connection.execute(wish)).scalar_one())


async def many_items(house: ConsoleHouse, count: int) -> None:
    for number in range(count):
        await sealed_item(house, anchor=number + 1)


OBJECTS: dict[Resolver, Factory] = {}
FILLERS: list[Filler] = [many_items]
