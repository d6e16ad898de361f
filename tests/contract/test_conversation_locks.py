"""Who locks a conversation keeps everybody else from writing in it, whether it is known or new."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import pytest
from sqlalchemy import insert, select

from bot.storage.database import Database
from bot.storage.memory_rows import lock
from bot.storage.tables import conversations
from tests.conftest import NOON, FrozenClock

TALK: Final = "web:7"
REMEMBERED: Final = {"conversation": TALK, "state": '{"question":"rác"}', "updated_at": NOON}


@pytest.mark.parametrize("known", [False, True])
async def test_who_comes_second_waits(database: Database, known: bool) -> None:
    order: list[str] = []
    if known:
        await _remember(database)

    async def second() -> None:
        async with database.writing() as connection:
            await lock(connection, TALK, NOON)
            order.append("second")

    async with database.writing() as connection:
        await lock(connection, TALK, NOON)
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        order.append("first")
    await waiting
    assert order == ["first", "second"]


async def test_what_is_remembered_stays_as_it_is(database: Database, clock: FrozenClock) -> None:
    await _remember(database)
    clock.move(timedelta(hours=1))
    async with database.writing() as connection:
        await lock(connection, TALK, clock.now())
    async with database.reading() as connection:
        row = (await connection.execute(select(conversations))).one()
    assert row._asdict() == REMEMBERED


async def _remember(database: Database) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(conversations).values(REMEMBERED))
