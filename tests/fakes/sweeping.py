"""Empties the PostgreSQL of a worker between two tests, by one connection for all of them.

A new connection reads of every table how it is made before it can look into it: that was a third
of what a test cost that asks for a database.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import asyncpg

from bot.storage.migrate import METADATA, newest
from tests.fakes.postgres import PATIENCE

# A table that holds something has a file with something in it; one that was emptied has none.
_FILLED = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0
"""
_COUNTED = "SELECT sequencename FROM pg_sequences WHERE last_value IS NOT NULL"
_SHAPED = "SELECT 1 FROM pg_class WHERE relname = 'alembic_version'"
_SHAPE = "SELECT version_num FROM alembic_version"


class Sweeper:
    """Sweeps one database for tests each of which has an event loop of its own."""

    def __init__(self, url: str) -> None:
        """Keep the SQLAlchemy ``url``; the server is called when something is to be swept."""
        self._url = url.replace("+asyncpg", "")
        self._names = {table.name for one in METADATA for table in one.sorted_tables}
        self._runner = asyncio.Runner()
        self._aside = ThreadPoolExecutor(1)
        self._line: asyncpg.Connection | None = None

    def sweep(self) -> bool:
        """Empty the tables and count from one again; ``False`` where they have an older shape."""
        return self._aside.submit(lambda: self._runner.run(self._sweep())).result()

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._aside.submit(self._runner.run, self._line.close()).result()
        self._aside.submit(self._runner.close).result()
        self._aside.shutdown()

    async def _sweep(self) -> bool:
        line = self._line = self._line or await _call(self._url)
        if not await line.fetch(_SHAPED) or await line.fetchval(_SHAPE) != newest():
            return False
        filled = {name for (name,) in await line.fetch(_FILLED)} & self._names
        if filled:
            await line.execute(f"TRUNCATE {', '.join(sorted(filled))}")
        for (name,) in await line.fetch(_COUNTED):
            await line.execute(f"ALTER SEQUENCE {name} RESTART")
        return True


async def _call(url: str) -> asyncpg.Connection:
    # Who left a table locked is told of, instead of waited for.
    return await asyncpg.connect(url, command_timeout=PATIENCE)
