"""Lists go on behind the last row shown, whatever arrives meanwhile."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import UTC, date, datetime, timedelta

import orjson
import pytest
from sqlalchemy import insert, select

from bot.storage.console_tables import question_groups as groups
from bot.storage.database import Database
from bot.storage.paging import Order, Page, listed, within_days
from tests.conftest import NOON

BY_LAST = Order(by=groups.c.last_at, unique=groups.c.id)
BY_ASKED = Order(by=groups.c.asked, unique=groups.c.id, falling=False)
BY_SAMPLE = Order(by=groups.c.sample, unique=groups.c.id)


async def _keep(database: Database, *numbers: int, at: datetime | None = None) -> None:
    """Keep groups; three of them share each moment and each count."""
    rows = [
        {
            "id": number,
            "office": "",
            "shape": "",
            "shape_key": str(number),
            "sample": f"câu {number % 7}",
            "status": "open",
            "asked": number // 3,
            "first_at": NOON,
            "last_at": at or NOON + timedelta(minutes=number // 3),
        }
        for number in numbers
    ]
    async with database.writing() as connection:
        await connection.execute(insert(groups), rows)


async def _page(database: Database, order: Order, after: str = "", size: int = 4) -> Page[int]:
    async with database.reading() as connection:
        found = await listed(connection, select(groups.c.id), order, after=after, size=size)
    return found.turned(lambda row: int(row.id))


async def _all(database: Database, order: Order) -> list[int]:
    page = await _page(database, order)
    found = list(page.rows)
    while page.next:
        page = await _page(database, order, page.next)
        assert page.earlier
        found += page.rows
    return found


async def test_every_row_comes_once_in_order(database: Database) -> None:
    numbers = list(range(1, 22))
    await _keep(database, *numbers)
    assert await _all(database, BY_LAST) == numbers[::-1]
    assert await _all(database, BY_ASKED) == numbers
    by_sample = sorted(numbers, key=lambda number: (number % 7, number), reverse=True)
    assert await _all(database, BY_SAMPLE) == by_sample


async def test_what_arrives_meanwhile_moves_nothing(database: Database) -> None:
    await _keep(database, *range(1, 9))
    first = await _page(database, BY_LAST)
    await _keep(database, *range(100, 104))
    second = await _page(database, BY_LAST, first.next)
    assert (first.rows, second.rows) == ((8, 7, 6, 5), (4, 3, 2, 1))
    assert second.next == ""


async def test_a_page_that_is_just_full_is_the_last(database: Database) -> None:
    await _keep(database, 1, 2, 3, 4)
    page = await _page(database, BY_LAST)
    assert (page.rows, page.next, page.earlier) == ((4, 3, 2, 1), "", False)


def _forged(*values: object) -> str:
    return urlsafe_b64encode(orjson.dumps(values)).decode()


@pytest.mark.parametrize(
    "after",
    [
        "không phải", "e30=", _forged(1), _forged(1, 2, 3), _forged("hôm nay", 1), _forged(1, 1),
        _forged(NOON, "1"), _forged(NOON, True), _forged(NOON, 2**63), _forged(NOON, None),
        _forged("0001-01-01T00:00:00+14:00", 1),
    ],
)  # fmt: skip
def test_a_place_nobody_gave_is_none(after: str) -> None:
    assert BY_LAST.read(after) is None


def test_a_place_with_letters_no_database_keeps_is_none() -> None:
    assert BY_SAMPLE.read(_forged("a\0", 1)) is None
    assert BY_SAMPLE.read(_forged("câu", 1)) == ("câu", 1)


async def test_a_list_asked_for_a_place_nobody_gave_begins_anew(database: Database) -> None:
    await _keep(database, 1, 2)
    page = await _page(database, BY_LAST, "không phải")
    assert (page.rows, page.earlier) == ((2, 1), False)


async def test_days_are_those_of_vietnam(database: Database) -> None:
    midnight = datetime(2026, 11, 20, 17, tzinfo=UTC)
    await _keep(database, 1, at=midnight - timedelta(microseconds=1))
    await _keep(database, 2, at=midnight)
    await _keep(database, 3, at=midnight + timedelta(days=1))

    async def on(first: date | None, last: date | None) -> set[int]:
        chosen = select(groups.c.id).where(*within_days(groups.c.last_at, first, last))
        async with database.reading() as connection:
            return set((await connection.execute(chosen)).scalars())

    day = date(2026, 11, 21)
    assert await on(day, day) == {2}
    assert await on(None, day) == {1, 2}
    assert await on(day, None) == {2, 3}
    assert await on(None, date.max) == {1, 2, 3}
    assert await on(day, date(2026, 11, 20)) == set()
