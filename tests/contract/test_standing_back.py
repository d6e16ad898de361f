"""Long work in portions lets others write between them, whichever database it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from sqlalchemy import text

from bot.storage.database import Database

PORTIONS = 4
SOME = text("UPDATE subscribers SET words = '' WHERE id = 1")


async def written_during(database: Database, work: Awaitable[object]) -> int:
    """Write as often as one comes in while ``work`` goes on; give how often that was."""
    at_work, times = asyncio.ensure_future(work), 0
    while not at_work.done():
        async with database.writing() as connection:
            await connection.execute(SOME)
        times += 1
        # As who answers a citizen does something else as well.
        await asyncio.sleep(0.02)
    await at_work
    return times


async def test_who_waits_to_write_comes_in_where_long_work_stands_back(database: Database) -> None:
    async def work() -> None:
        for _ in range(PORTIONS):
            async with database.writing() as connection:
                await connection.execute(SOME)
                # So long that who waits asks seldom.
                await asyncio.sleep(0.15)
            await database.let_others_write()

    assert await written_during(database, work()) >= PORTIONS
