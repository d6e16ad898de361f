"""The leading process is killed: another leads, and an embedded one leads at once again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.storage.database import Database, create_database
from bot.storage.tables import leases
from bot.upkeep.ticking import LEADER
from tests.conftest import open_database
from tests.fakes.furnished import furnish_little, telling_little
from tests.fakes.postgres import Postgres
from tests.fakes.program import running

BRIEFLY = {"LEASE_SECONDS": "2"}


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
        telling_little(database, tmp_path),
        running(tmp_path, factory(), DATABASE_URL=url, **BRIEFLY) as first,
        running(tmp_path, factory(), DATABASE_URL=url, **BRIEFLY) as second,
    ):
        # On a busy machine the second may have taken over while it started.
        by_number = {one.process.pid: one for one in (first, second)}
        killed = by_number.pop(await _leader(database))
        (other,) = by_number.values()
        killed.process.kill()
        await killed.process.wait()
        await _until_it_leads(database, other.process.pid, within=20)


async def test_an_embedded_program_leads_at_once_after_a_kill(
    tmp_path: Path, unused_tcp_port: int
) -> None:
    database = create_database(f"sqlite+aiosqlite:///{furnish_little(tmp_path)}")
    async with running(tmp_path, unused_tcp_port) as first:
        await _until_it_leads(database, first.process.pid, within=20)
        first.process.kill()
        await first.process.wait()
    async with running(tmp_path, unused_tcp_port) as second:
        await _until_it_leads(database, second.process.pid, within=20)
    await database.close()
