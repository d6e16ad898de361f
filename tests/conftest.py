"""What every storey of the tests shares: databases that are real, a clock that stands still."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.conversation.desk import Desk
from bot.conversation.opening import open_desk
from bot.storage.database import Database, create_database
from bot.storage.migrate import METADATA, migrate
from knowledge.content import load_snapshot
from knowledge.models import Snapshot
from tests.fakes.postgres import Postgres, PostgresMissing, start_postgres

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


class FrozenClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        self._now += by


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    try:
        server = start_postgres()
    except PostgresMissing as missing:
        if missing.fatal:
            pytest.fail(str(missing))
        pytest.skip(str(missing))
    yield server
    server.stop()


@asynccontextmanager
async def open_database(
    kind: str, request: pytest.FixtureRequest, folder: Path
) -> AsyncIterator[Database]:
    """Open an empty database of a kind in this release's shape."""
    if kind == "sqlite":
        opened = create_database(f"sqlite+aiosqlite:///{folder / 'test.sqlite3'}")
        await migrate(opened)
    else:
        server: Postgres = request.getfixturevalue("postgres")
        opened = create_database(server.url)
        await migrate(opened)
        names = ", ".join(table.name for one in METADATA for table in one.sorted_tables)
        async with opened.writing() as connection:
            await connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY"))
    yield opened
    await opened.close()
    await asyncio.sleep(0)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database, once on SQLite and once on PostgreSQL."""
    async with open_database(request.param, request, tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The shipped content."""
    return load_snapshot()


@pytest.fixture(scope="session")
def desk(snapshot: Snapshot) -> Desk:
    """A desk with the shipped content."""
    return open_desk(snapshot)
