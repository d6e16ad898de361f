"""Handing a file in at the console, and what came of it."""

from __future__ import annotations

import asyncio

from sqlalchemy import func, select

from bot.storage import audit_rows
from bot.storage.console_tables import imports
from tests.fakes.console import ConsoleHouse, Seat, Shown


async def hand_in(seat: Seat, at: str, name: str, body: bytes) -> str:
    """Hand a file in at an address and give that of its page."""
    led = await seat.upload(at, (name, body))
    assert led.status == 303, led.text
    return led.where.removeprefix("/console")


async def settled(seat: Seat, path: str) -> Shown:
    """Open the page of a file, as often as a browser would, until it is no more at work."""
    shown = await seat.get(path)
    async with asyncio.timeout(60):
        while "Refresh" in shown.headers:
            await asyncio.sleep(0.05)
            shown = await seat.get(path)
    return shown


async def kept_files(house: ConsoleHouse) -> int:
    async with house.database.reading() as connection:
        return (await connection.execute(select(func.count()).select_from(imports))).scalar_one()


async def deeds_told(house: ConsoleHouse) -> list[str]:
    async with house.database.reading() as connection:
        return [one.body for one in await audit_rows.following(connection, None, 99)]
