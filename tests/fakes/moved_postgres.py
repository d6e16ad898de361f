"""A PostgreSQL whose clock is the test's, for what goes on for days.

Statements ask ``clock_timestamp()`` by its bare name, so a function of that name that is found
before the server's own answers them; it reads the moment from a file.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.conftest import FrozenClock
from tests.fakes.postgres import start_postgres

CLOCK = """CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
AS $$ SELECT to_timestamp(pg_read_file('{file}')::double precision) $$"""


class TellingClock(FrozenClock):
    """Stands still until it is moved, and writes where it stands."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._tell(self.now())

    def move(self, by: timedelta) -> None:
        """Move, for the database too."""
        super().move(by)
        self._tell(self.now())

    def _tell(self, now: datetime) -> None:
        # In one step: nobody reads half a moment.
        beside = self._file.with_suffix(".new")
        beside.write_text(str(now.timestamp()), encoding="ascii")
        beside.replace(self._file)


@asynccontextmanager
async def moved_postgres(port: int) -> AsyncIterator[tuple[FrozenClock, str]]:
    """Run a server of our own; give its clock and its address."""
    server = start_postgres(port)
    try:
        assert server.folder, "the clock of a server that is not ours cannot be moved"
        clock = TellingClock(server.folder / "now")
        await _follow(server.url, server.folder / "now")
        yield clock, server.url
    finally:
        server.stop()


async def _follow(url: str, file: Path) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(CLOCK.format(file=file)))
        first = "ALTER DATABASE postgres SET search_path = public, pg_catalog"
        await connection.execute(text(first))
    await engine.dispose()
