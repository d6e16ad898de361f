"""What may be said to whom on both databases: counted before the call, corrected by answers."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.purses import Told
from bot.channels.zalo.window import LATELY, MOST_LATELY, Paying, Policy, Purse
from bot.delivery.zalo_purses import SqlPurses
from bot.storage.database import Database
from bot.storage.tables import outbox
from bot.storage.zalo_people_rows import note_interactions
from bot.storage.zalo_tables import zalo_people, zalo_quotas
from tests.conftest import NOON, FrozenClock

NAM = Follower("4318281827364550001", "9000000000000000001")


async def _purses(
    database: Database,
    clock: FrozenClock,
    *,
    free: int = 3,
    paying: Paying = Paying.PACKAGE,
    **known: Any,
) -> SqlPurses:
    person = {
        "oa_id": NAM.oa,
        "user_id": NAM.user,
        "interacted_at": NOON,
        "replies": 0,
        "state": "",
    }
    async with database.writing() as connection:
        await connection.execute(insert(zalo_people).values(**person | known))
    return SqlPurses(database, Policy(free_replies=free, paying=paying), clock)


async def _quota(database: Database, remain: int, *, kind: str = "sub_quota") -> None:
    async with database.writing() as connection:
        row = {"oa_id": NAM.oa, "kind": kind, "remain": remain, "read_at": NOON}
        await connection.execute(insert(zalo_quotas).values(**row))


async def _begun(purses: SqlPurses, times: int) -> list[str]:
    return [(await purses.begin(NAM)).purse for _ in range(times)]


async def test_free_replies_are_counted_then_the_package_and_then_nothing_goes(
    database: Database, clock: FrozenClock
) -> None:
    purses = await _purses(database, clock)
    await _quota(database, 2)
    assert await _begun(purses, 6) == [*["free"] * 3, *["package"] * 2, "no_quota"]


async def test_many_begun_at_once_take_no_more_than_there_is(
    database: Database, clock: FrozenClock
) -> None:
    purses = await _purses(database, clock, paying=Paying.OFF)
    found = await asyncio.gather(*(purses.begin(NAM) for _ in range(8)))
    assert [one.purse for one in found].count(Purse.FREE) == 3


async def test_looking_takes_nothing_and_what_was_not_taken_is_given_back(
    database: Database, clock: FrozenClock
) -> None:
    purses = await _purses(database, clock, free=1, paying=Paying.OFF)
    for _ in range(3):
        assert (await purses.look(NAM)).purse is Purse.FREE
    begun = await purses.begin(NAM)
    assert (await purses.look(NAM)).purse is Purse.NO_QUOTA
    await purses.take_back(NAM, begun)
    assert (await purses.look(NAM)).purse is Purse.FREE


async def test_what_zalo_tells_is_believed(database: Database, clock: FrozenClock) -> None:
    purses = await _purses(database, clock, free=8)
    await purses.told(NAM, Told(kind="reply", remain=1, total=8))
    await purses.told(NAM, Told(kind="sub_quota", remain=1, total=500))
    await purses.told(NAM, Told(kind="reply"))
    await purses.told(NAM, Told(kind="some_new_quota", remain=9))
    assert await _begun(purses, 3) == ["free", "package", "no_quota"]


async def test_an_empty_package_is_tried_again_next_month(
    database: Database, clock: FrozenClock
) -> None:
    purses = await _purses(database, clock, free=0, interacted_at=NOON - timedelta(hours=50))
    begun = await purses.begin(NAM)
    assert begun.purse is Purse.PACKAGE
    await purses.emptied(NAM.oa, begun, money=False)
    assert (await purses.look(NAM)).purse is Purse.NO_QUOTA
    async with database.writing() as connection:
        await connection.execute(
            zalo_people.update().values(interacted_at=datetime(2026, 11, 28, tzinfo=UTC))
        )
    # An hour before December in Việt Nam, and an hour into it.
    clock.move(datetime(2026, 11, 30, 16, tzinfo=UTC) - clock.now())
    assert (await purses.look(NAM)).purse is Purse.NO_QUOTA
    clock.move(timedelta(hours=2))
    assert (await purses.look(NAM)).purse is Purse.PACKAGE


async def test_who_floods_us_uses_up_nobodys_package(
    database: Database, clock: FrozenClock
) -> None:
    purses = await _purses(database, clock)
    await _quota(database, 500)
    await _said(database, NAM, MOST_LATELY - 1)
    await _said(database, Follower(NAM.oa, "9000000000000000002"), 1)
    assert await _begun(purses, 4) == [*["free"] * 3, "package"]
    await _said(database, NAM, 1)
    assert await _begun(purses, 2) == ["enough"] * 2
    async with database.writing() as connection:
        await connection.execute(zalo_people.update().values(replies=0))
    assert await _begun(purses, 1) == ["free"]
    clock.move(LATELY)
    assert await _begun(purses, 3) == ["free", "free", "package"]


async def _said(database: Database, to: Follower, times: int) -> None:
    one = {"user_id": to.user_id, "conversation": to.address.conversation}
    told = {"channel": "zalo", "text": "đáp", "choices": "[]", "status": "sent", "seq": 0}
    row = {**one, **told, "not_before": NOON, "created_at": NOON}
    async with database.writing() as connection:
        known = (await connection.execute(select(func.count()).select_from(outbox))).scalar_one()
        rows = [{**row, "inbox_id": known + number} for number in range(1, times + 1)]
        await connection.execute(insert(outbox).values(rows))


async def test_money_that_was_refused_is_tried_again_after_an_hour(
    database: Database, clock: FrozenClock
) -> None:
    purses = await _purses(database, clock, paying=Paying.PAY, replies=3)
    await _quota(database, 0)
    begun = await purses.begin(NAM)
    assert begun.purse is Purse.PAID
    await purses.emptied(NAM.oa, begun, money=True)
    assert (await purses.look(NAM)).purse is Purse.NO_QUOTA
    clock.move(timedelta(hours=1))
    assert (await purses.look(NAM)).purse is Purse.PAID


async def test_beyond_a_package_nothing_is_asked_in_vain_for_the_month_unless_more_is_read(
    database: Database, clock: FrozenClock
) -> None:
    purses = await _purses(database, clock, paying=Paying.PAY, replies=3)
    await _quota(database, 0)
    begun = await purses.begin(NAM)
    assert begun.purse is Purse.PAID
    await purses.emptied(NAM.oa, begun, money=False)
    clock.move(timedelta(hours=2))
    assert (await purses.look(NAM)).purse is Purse.NO_QUOTA
    await _quota(database, 5, kind="purchase_quota")
    assert (await purses.look(NAM)).purse is Purse.PACKAGE


@pytest.mark.parametrize("state", ["blocked", ""])
async def test_whom_nothing_reaches_is_not_written_to(
    database: Database, clock: FrozenClock, state: str
) -> None:
    purses = await _purses(database, clock)
    await purses.unreached(NAM, state)
    assert (await purses.begin(NAM)).purse is Purse.CLOSED
    async with database.reading() as connection:
        assert (await connection.execute(select(zalo_people.c.replies))).scalar_one() == 0


@pytest.mark.parametrize("state", ["blocked", ""])
async def test_a_refusal_that_comes_after_their_next_word_counts_no_more(
    database: Database, clock: FrozenClock, state: str
) -> None:
    purses = await _purses(database, clock)
    begun = await purses.begin(NAM)
    clock.move(timedelta(seconds=1))
    async with database.writing() as connection:
        await note_interactions(connection, {NAM: clock.now()})
    await purses.unreached(NAM, state, since=begun.since)
    assert (await purses.begin(NAM)).purse is Purse.FREE


async def test_who_never_spoke_is_not_written_to(database: Database, clock: FrozenClock) -> None:
    purses = await _purses(database, clock)
    assert (await purses.begin(Follower(NAM.oa, "5"))).purse is Purse.CLOSED
