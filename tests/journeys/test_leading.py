"""The leading process is killed: another leads, and an embedded one leads at once again."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.storage.database import Database, create_database
from bot.storage.tables import leases
from bot.upkeep.ticking import LEADER
from tests.conftest import NOON, open_database
from tests.fakes.postgres import Postgres
from tests.fakes.program import running


async def _leader(database: Database) -> int:
    """Give the number of the process that leads, 0 when none does."""
    wanted = select(leases.c.holder).where(leases.c.name == LEADER)
    async with database.reading() as connection:
        holder = (await connection.execute(wanted)).scalar()
    return int(holder.split(":")[1]) if holder else 0


async def _until_it_leads(database: Database, process: int, *, within: float) -> None:
    async with asyncio.timeout(within):
        while True:
            if await _leader(database) == process:
                return
            await asyncio.sleep(0.1)


@pytest.mark.postgres
async def test_another_process_leads_when_the_leader_is_killed(
    request: pytest.FixtureRequest, postgres: Postgres, tmp_path: Path
) -> None:
    factory = request.getfixturevalue("unused_tcp_port_factory")
    url = postgres.url.replace("postgresql+asyncpg://", "postgresql://")
    async with (
        open_database("postgres", request, tmp_path) as database,
        running(tmp_path, factory(), DATABASE_URL=url) as first,
        running(tmp_path, factory(), DATABASE_URL=url) as second,
    ):
        await _until_it_leads(database, first.process.pid, within=5)
        first.process.kill()
        await first.process.wait()
        if "TAKEOVER_IN_REAL_TIME" not in os.environ:  # noqa: TID251 - it takes half a minute
            async with database.writing() as connection:
                await connection.execute(update(leases).values(until=NOON))
        await _until_it_leads(database, second.process.pid, within=45)


async def test_an_embedded_program_leads_at_once_after_a_kill(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    database = create_database(f"sqlite+aiosqlite:///{tmp_path / 'hanhchinh.sqlite3'}")
    async with running(tmp_path, unused_tcp_port) as first:
        await _until_it_leads(database, first.process.pid, within=5)
        first.process.kill()
        await first.process.wait()
    async with running(tmp_path, unused_tcp_port) as second:
        await _until_it_leads(database, second.process.pid, within=5)
    await database.close()
