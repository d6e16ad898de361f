"""The database: SQLite embedded in the program, or PostgreSQL shared by several processes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final, Self

import structlog
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InterfaceError, InvalidRequestError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.embedded import connect
from bot.storage.errors import held_by_another
from bot.storage.sharing import place

READ_ONLY: Final = "hanhchinh_read_only"
TURNS: Final = "hanhchinh_turns"
# How often who is in no hurry waits as long as ``busy_timeout`` tells.
UNHURRIED_TURNS: Final = 6
SQLITE_PRAGMAS: Final = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # What is deleted is overwritten; whether it is by itself hangs on how SQLite was built.
    "PRAGMA secure_delete = ON",
)
# Seconds. A server that is stopped, or a line that swallows everything, never says no.
PATIENCE: Final = 10.0
SIGN_OF_LIFE: Final = 5.0
CLOSING: Final = 2.0
# Longer than who waits for an embedded database sleeps before it asks again (busy handler of
# SQLite, src/main.c: at most 100 ms).
STANDING_BACK: Final = 0.12
# Errors that tell of the database, and not of what was to be written.
OUT_OF_REACH: Final = (
    OperationalError,
    InterfaceError,
    InvalidRequestError,
    NoConnection,
    OSError,
)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Database:
    """An engine with the rules of its kind; every transaction of the program comes from here.

    A transaction that lasts longer than ``patience`` seconds is given up with ``TimeoutError`` and
    its connection dropped; an embedded database has nobody to wait for and no such bound.
    """

    engine: AsyncEngine
    patience: float | None = None

    @property
    def embedded(self) -> bool:
        """Tell whether this is a file of our own, which one process serves."""
        return self.engine.dialect.name == "sqlite"

    def unhurried(self) -> Self:
        """Give the same database for work that lasts, and for which no citizen waits.

        Beside somebody who writes without a pause it may be long until an embedded one is free.
        """
        engine = self.engine.execution_options(**{TURNS: UNHURRIED_TURNS})
        return replace(self, engine=engine, patience=None)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that only reads and so waits for no writer."""
        async with asyncio.timeout(self.patience), place(), self.engine.connect() as connection:
            yield await connection.execution_options(**{READ_ONLY: True})
            # Closing does it too, but out of reach of the timeout.
            await connection.rollback()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that commits at the end and rolls back on an error."""
        async with asyncio.timeout(self.patience), place(), self.engine.begin() as connection:
            yield connection

    @asynccontextmanager
    async def single(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection on which every statement counts by itself, and at once."""
        async with asyncio.timeout(self.patience), place(), self.engine.connect() as connection:
            yield await connection.execution_options(isolation_level="AUTOCOMMIT")

    async def let_others_write(self) -> None:
        """Stand back between two portions of long work, so that who waits to write comes in.

        An embedded database has no queue: who goes on at once is there before those who waited,
        again and again. The server of several processes has one.
        """
        if self.embedded:
            await asyncio.sleep(STANDING_BACK)

    async def ping(self) -> None:
        """Ask the database for a sign of life; a dead one raises SQLAlchemy's error or OSError."""
        async with asyncio.timeout(SIGN_OF_LIFE), self.reading() as connection:
            await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        """Close every connection; one that gets no farewell ends with the process."""
        try:
            async with asyncio.timeout(CLOSING):
                await self.engine.dispose()
        except TimeoutError:
            log.warning("database_not_closed")


def create_database(url: str) -> Database:
    """Make the database behind a ``sqlite+aiosqlite:`` or ``postgresql+asyncpg:`` URL.

    Opens no connection yet. A missing folder of an SQLite file is the caller's to make.
    """
    if make_url(url).get_backend_name() == "sqlite":
        return Database(engine=_sqlite_engine(url))
    from bot.storage.server import server_engine  # noqa: PLC0415 - its driver is slow to load

    return Database(engine=server_engine(url), patience=PATIENCE)


def _sqlite_engine(url: str) -> AsyncEngine:
    told = {"isolation_level": None, "async_creator_fn": connect}
    engine = create_async_engine(url, connect_args=told, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
    # SQLite's own knows no letters but A to Z: who seeks "cống" would not find "CỐNG".
    connection.run_async(
        lambda driver: driver.create_function("lower", 1, _lowered, deterministic=True)
    )


def _lowered(words: str | None) -> str | None:
    return None if words is None else words.lower()


def _begin(connection: Connection) -> None:
    # The driver's own deferred BEGIN loses updates silently when two transactions read and write.
    options = connection.get_execution_options()
    if options.get(READ_ONLY, False):
        connection.exec_driver_sql("BEGIN")
    else:
        _begin_to_write(connection, options.get(TURNS, 1))


def _begin_to_write(connection: Connection, turns: int) -> None:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except OperationalError as error:
        if turns <= 1 or not held_by_another(error):
            raise
        _begin_to_write(connection, turns - 1)
