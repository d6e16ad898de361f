"""Readers of news counted, listed and forgotten, each official's own offices' alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from bot.casework.deeds import acting
from bot.newsroom.readers import forget_reader, saw_address
from bot.officials.audit import By
from bot.storage import audit_rows
from bot.storage.database import Database
from bot.storage.paging import Order, listed
from bot.storage.reader_rows import (
    KEPT_SIGNS,
    Reader,
    Wanted,
    choosing,
    come_and_gone,
    counted,
    find_reader,
    reader_at,
    readers,
    topics_of,
)
from broadcasts.models import ReaderKind, SubscriberStatus
from broadcasts.reading import topics
from tests.conftest import NOON, FrozenClock
from tests.fakes.readers import a_reader, statuses, subscribe_all

FIRST, SECOND = (one.code for one in topics()[:2])
BY = By(officer=7, actor="Lan (lan)")
SOME: tuple[dict[str, Any], ...] = (
    a_reader("telegram", "1000001"),
    a_reader("telegram", "1000002", kind=ReaderKind.OFFICIAL),
    a_reader("web", "phien-1", status=SubscriberStatus.OPTED_OUT),
    a_reader("zalo", "77", office="thon"),
)
CHOSEN = ((FIRST, SECOND), (FIRST,), (SECOND,), ())


@pytest.fixture
async def stocked(database: Database) -> Database:
    await subscribe_all(database, SOME, CHOSEN)
    return database


async def _addresses(database: Database, wanted: Wanted) -> set[str]:
    query = readers(wanted)
    order = Order(by=query.selected_columns.id, unique=query.selected_columns.id)
    async with database.reading() as connection:
        return {row.address for row in (await listed(connection, query, order)).rows}


async def _reader(database: Database, channel: str, address: str) -> Reader:
    async with database.reading() as connection:
        found = await reader_at(connection, channel, address)
    assert found is not None
    return found


async def test_readers_are_counted_by_what_they_have_in_common(stocked: Database) -> None:
    async with stocked.reading() as connection:
        every = await counted(connection, None)
        ours = await counted(connection, ["xa"])
        none = await counted(connection, [])
    assert sum(one.readers for one in every) == len(SOME)
    assert {(one.channel, one.kind, one.status) for one in ours} == {
        ("telegram", "citizen", "active"),
        ("telegram", "official", "active"),
        ("web", "citizen", "opted_out"),
    }
    assert none == []


async def test_topics_are_counted_of_those_who_receive_news(stocked: Database) -> None:
    async with stocked.reading() as connection:
        assert await choosing(connection, None) == {FIRST: 2, SECOND: 1, "": 1}
        assert await choosing(connection, ["thon"]) == {"": 1}


async def test_months_count_who_agreed_and_who_left_by_the_days_of_viet_nam(
    database: Database,
) -> None:
    midnight = NOON.replace(day=30, hour=17)  # 1 December there
    before = midnight - timedelta(seconds=1)
    old = NOON - timedelta(days=900)
    gone: dict[str, Any] = {"status": SubscriberStatus.BLOCKED, "agreed_at": old}
    rows = [
        a_reader(address="1", agreed_at=before, changed_at=before),
        a_reader(address="2", agreed_at=midnight, changed_at=midnight),
        a_reader(address="3", **gone, changed_at=before),
        a_reader(address="4", **gone, changed_at=midnight),
        a_reader(address="5", agreed_at=old, changed_at=before),
        a_reader(address="6", office="thon", agreed_at=before, changed_at=before),
    ]
    await subscribe_all(database, rows)
    starts = [date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]
    async with database.reading() as connection:
        assert await come_and_gone(connection, ["xa"], starts) == [(0, 0), (1, 1), (1, 1)]
        assert await come_and_gone(connection, [], starts) == [(0, 0)] * 3


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(offices=None), {"1000001", "1000002", "phien-1", "77"}),
        (Wanted(offices=["thon"]), {"77"}),
        (Wanted(offices=None, channel="web"), {"phien-1"}),
        (Wanted(offices=None, kind=ReaderKind.OFFICIAL), {"1000002"}),
        (Wanted(offices=None, status=SubscriberStatus.OPTED_OUT), {"phien-1"}),
        (Wanted(offices=None, topic=SECOND), {"1000001", "phien-1"}),
        (Wanted(offices=None, channel="telegram", topic=SECOND), {"1000001"}),
        (Wanted(offices=None, text="1000002"), {"1000002"}),
        (Wanted(offices=None, text="0001"), {"1000001"}),
        (Wanted(offices=None, text="00001"), set()),
        (Wanted(offices=None, text="%001"), set()),
        (Wanted(offices=["xa"], text="77"), set()),
    ],
)
async def test_a_list_is_narrowed_and_no_address_is_guessed_sign_by_sign(
    stocked: Database, wanted: Wanted, found: set[str]
) -> None:
    assert await _addresses(stocked, wanted) == found
    assert KEPT_SIGNS == 4


async def test_a_reader_is_found_with_what_they_chose(stocked: Database) -> None:
    reader = await _reader(stocked, "telegram", "1000001")
    async with stocked.reading() as connection:
        assert await find_reader(connection, reader.id) == reader
        assert await find_reader(connection, 10**9) is None
        assert await topics_of(connection, [reader.id]) == {
            reader.id: tuple(sorted((FIRST, SECOND)))
        }
        assert await topics_of(connection, []) == {}


async def test_who_wishes_it_is_forgotten_once_and_the_audit_holds_no_address(
    stocked: Database,
) -> None:
    reader = await _reader(stocked, "telegram", "1000001")
    async with acting(stocked, FrozenClock(), BY) as doing:
        saw_address(doing, reader)
        assert await forget_reader(doing, reader, note="Gọi điện ngày 20/11")
        assert not await forget_reader(doing, reader, note="Gọi điện ngày 20/11")
    assert "1000001" not in await statuses(stocked)
    async with stocked.reading() as connection:
        told = await audit_rows.following(connection, None, 9)
        assert await topics_of(connection, [reader.id]) == {}
    assert [one.action for one in told] == ["reader_seen", "reader_forgotten"]
    assert not any("1000001" in one.body for one in told)
    assert "Gọi điện" in told[1].body
