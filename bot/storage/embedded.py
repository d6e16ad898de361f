"""The line to an embedded database: a statement crosses to the thread of its connection once.

The driver crosses for a cursor, to execute, for the rows, and to close. Each crossing wakes two
threads, which costs more than most statements do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, Final, NamedTuple, Self, TypeVar

import aiosqlite

# So many rows come along with a statement; the others are fetched when they are asked for.
ALONG: Final = 250
_ALL: Final = -1
# Of iterations of the driver's own, which nobody begins.
_CHUNK: Final = 64
_Answer = TypeVar("_Answer")


class Told(NamedTuple):
    """What came of a statement; its ``cursor`` is closed unless it has more rows."""

    cursor: sqlite3.Cursor
    rows: list[Any]
    has_more: bool


class Cursor:
    """One statement and its rows, as SQLAlchemy asks for them (``AsyncIODBAPICursor``)."""

    def __init__(self, connection: Connection) -> None:
        """Make it for ``connection``; there is nothing to close before it is executed."""
        self._connection = connection
        self._told: Told | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        """Give the cursor; SQLAlchemy closes it by itself."""
        return self

    @property
    def description(self) -> Sequence[Any] | None:
        """The columns of its rows; ``None`` of a statement that gives none."""
        return self._told.cursor.description if self._told else None

    @property
    def rowcount(self) -> int:
        """How many rows it changed."""
        return self._told.cursor.rowcount if self._told else -1

    @property
    def lastrowid(self) -> int | None:
        """The row it inserted last."""
        return self._told.cursor.lastrowid if self._told else None

    async def execute(self, statement: str, values: Iterable[Any] = ()) -> Self:
        """Execute ``statement`` and take its first rows along."""
        self._told = await self._connection.ask(
            lambda connection: _first_rows(connection.execute(statement, tuple(values)))
        )
        return self

    async def executemany(self, statement: str, many: Iterable[Sequence[Any]]) -> Self:
        """Execute ``statement``, which gives no rows, with each of ``many``."""
        self._told = await self._connection.ask(
            lambda connection: _first_rows(connection.executemany(statement, tuple(many)))
        )
        return self

    async def fetchone(self) -> Any:  # noqa: ANN401 - a row is what was asked for
        """Give the next row, if there is one."""
        rows = await self._next(1)
        return rows[0] if rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """Give the next ``size`` rows, or as many as there are."""
        return await self._next(size or self.arraysize)

    async def fetchall(self) -> list[Any]:
        """Give all rows that are left."""
        return await self._next(_ALL)

    async def _next(self, size: int) -> list[Any]:
        if self._told is None:
            return []
        cursor, rows, has_more = self._told
        given, kept = (rows, []) if size == _ALL else (rows[:size], rows[size:])
        if has_more and len(given) != size:
            missing = size if size == _ALL else size - len(given)
            more = await self._connection.ask(lambda _: _rows(cursor, missing))
            given, has_more = [*given, *more.rows], more.has_more
        self._told = Told(cursor, kept, has_more)
        return given

    async def close(self) -> None:
        """Give up the rows nobody asked for."""
        if self._told and self._told.has_more:
            cursor = self._told.cursor
            self._told = Told(cursor, [], has_more=False)
            await self._connection.ask(lambda _: cursor.close())


class Connection(aiosqlite.Connection):
    """A connection whose cursors are made here, and not in its thread."""

    def cursor(self) -> Cursor:  # type: ignore[override]
        """Give a cursor for one statement."""
        return Cursor(self)

    async def ask(self, question: Callable[[sqlite3.Connection], _Answer]) -> _Answer:
        """Have the thread of the connection answer ``question``."""
        answer: _Answer = await self._execute(question, self._conn)  # type: ignore[no-untyped-call]
        return answer


def connect(file: str, **how: Any) -> Connection:  # noqa: ANN401 - its own
    """Open ``file`` once it is awaited, with the settings ``sqlite3.connect`` takes."""
    connection = Connection(partial(sqlite3.connect, file, **how), _CHUNK)
    # Who ends the program waits for no connection.
    connection._thread.daemon = True  # noqa: SLF001 - as SQLAlchemy does with the driver's own
    return connection


def _first_rows(cursor: sqlite3.Cursor) -> Told:
    try:
        return _rows(cursor, ALONG if cursor.description else 0)
    except BaseException:
        cursor.close()
        raise


def _rows(cursor: sqlite3.Cursor, size: int) -> Told:
    """Fetch ``size`` rows; a cursor that has no more of them is closed."""
    rows = cursor.fetchall() if size == _ALL else cursor.fetchmany(size) if size else []
    has_more = 0 < size == len(rows)
    if not has_more:
        cursor.close()
    return Told(cursor, rows, has_more)
