"""The line to an embedded database: all of a statement in one crossing, nothing left behind."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.storage.embedded import ALONG, Connection, Cursor

Answer = TypeVar("Answer")
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"


class Counting(Connection):
    """Counts how often it crosses to its thread."""

    crossed = 0

    async def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        self.crossed += 1
        return await super().ask(question)


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Counting]:
    opened = Counting(partial(sqlite3.connect, tmp_path / "a", isolation_level=None), 64)
    async with opened:
        await opened.cursor().execute("CREATE TABLE cases (number INTEGER PRIMARY KEY, told TEXT)")
        yield opened


async def _filled(line: Counting, rows: int) -> Cursor:
    if rows:
        await line.cursor().execute(f"INSERT INTO cases(number) {NUMBERS} SELECT i FROM n", [rows])
    line.crossed = 0
    return await line.cursor().execute("SELECT number FROM cases ORDER BY number")


async def test_a_statement_crosses_once_with_its_rows(line: Counting) -> None:
    cursor = await _filled(line, ALONG - 1)
    assert len(await cursor.fetchall()) == ALONG - 1
    await cursor.close()
    assert line.crossed == 1


async def _one_by_one(cursor: Cursor) -> list[Any]:
    rows = []
    while row := await cursor.fetchone():
        rows.append(row)
    return rows


async def _some_at_a_time(cursor: Cursor) -> list[Any]:
    rows = []
    while some := await cursor.fetchmany(100):
        rows += some
    return rows


@pytest.mark.parametrize("rows", [0, 1, ALONG - 1, ALONG, ALONG + 1, 3 * ALONG])
@pytest.mark.parametrize("fetch", [Cursor.fetchall, _one_by_one, _some_at_a_time])
async def test_every_row_is_given_once_and_in_order(
    line: Counting, rows: int, fetch: Callable[[Cursor], Any]
) -> None:
    cursor = await _filled(line, rows)
    assert [number for (number,) in await fetch(cursor)] == list(range(1, rows + 1))
    assert await cursor.fetchall() == []


async def test_it_is_told_what_a_statement_did(line: Counting) -> None:
    before = line.cursor()
    assert (before.description, before.rowcount, before.lastrowid) == (None, -1, None)
    added = await line.cursor().execute("INSERT INTO cases VALUES (?, ?)", [7, "Đèn hỏng"])
    assert (added.description, added.rowcount, added.lastrowid) == (None, 1, 7)
    many = await line.cursor().executemany("INSERT INTO cases VALUES (?, ?)", [(8, "a"), (9, "b")])
    assert (many.rowcount, await many.fetchall()) == (2, [])
    changed = await line.cursor().execute("UPDATE cases SET told = 'x' RETURNING number")
    assert changed.description is not None
    assert [one[0] for one in changed.description] == ["number"]
    assert (await changed.fetchall(), changed.rowcount) == ([(7,), (8,), (9,)], 3)


async def test_rows_nobody_asks_for_hold_nothing(line: Counting) -> None:
    cursor = await _filled(line, 3 * ALONG)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        await line.cursor().execute("DROP TABLE cases")
    await cursor.close()
    assert await cursor.fetchall() == []
    await line.cursor().execute("DROP TABLE cases")


async def test_a_statement_that_fails_midway_holds_nothing(line: Counting) -> None:
    await _filled(line, 9)
    with pytest.raises(sqlite3.OperationalError, match="overflow"):
        await line.cursor().execute("SELECT abs(-9223372036854775807 - (number = 5)) FROM cases")
    await line.cursor().execute("DROP TABLE cases")
