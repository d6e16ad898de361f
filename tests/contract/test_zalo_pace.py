"""The calls of a minute on both databases: shared, given back, silent, and news behind replies."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from time import monotonic

import pytest
from sqlalchemy import func, select, update

from bot.channels.pace.waiting import NoTurn
from bot.channels.zalo.calls import WINDOW
from bot.channels.zalo.limits import NO_LIMITS, Limits
from bot.channels.zalo.pace import MinutePace
from bot.delivery.zalo_calls import SqlCallLog
from bot.messages import Priority
from bot.storage.database import Database
from bot.storage.zalo_tables import zalo_calls
from tests.conftest import FrozenClock

LINE = "zalo:4318281827364550001"


def _pace(database: Database, clock: FrozenClock, most: int = 5, line: str = LINE) -> MinutePace:
    return MinutePace(SqlCallLog(database, line, clock), most)


async def _calls(pace: MinutePace, priority: Priority = Priority.REPLY) -> int:
    """Call as often as there is a turn."""
    made = 0
    while True:
        try:
            turn = await pace.use(await pace.turn("a", priority, patience=0.05))
        except NoTurn:
            return made
        turn.over()
        pace.answered(NO_LIMITS)
        made += 1


async def _let_pass(database: Database, seconds: float) -> None:
    """Make the log older, on a database that has a clock and on one that has none."""
    async with database.writing() as connection:
        for row in (await connection.execute(select(zalo_calls))).all():
            older = row.at - timedelta(seconds=seconds)
            is_it = zalo_calls.c.id == row.id
            await connection.execute(update(zalo_calls).where(is_it).values(at=older))


async def test_processes_and_their_followers_share_what_a_minute_allows(
    database: Database, clock: FrozenClock
) -> None:
    assert await _calls(_pace(database, clock)) == 5
    assert await _calls(_pace(database, clock)) == 0
    assert await _calls(_pace(database, clock, line="zalo:2")) == 5
    await _let_pass(database, 59)
    assert await _calls(_pace(database, clock)) == 0
    await _let_pass(database, WINDOW - 59)
    assert await _calls(_pace(database, clock)) == 5


async def test_many_at_once_from_several_processes_get_no_more(
    database: Database, clock: FrozenClock
) -> None:
    crowd = [_pace(database, clock, most=20) for _ in range(4)]
    assert sum(await asyncio.gather(*map(_calls, crowd))) == 20


async def test_news_leave_room_for_replies(database: Database, clock: FrozenClock) -> None:
    pace = _pace(database, clock, most=10)
    assert await _calls(pace, Priority.BROADCAST) == 8
    assert await _calls(pace) == 2


async def test_who_waits_for_a_reply_goes_before_news(
    database: Database, clock: FrozenClock
) -> None:
    pace = _pace(database, clock, most=1)
    order: list[str] = []

    async def goes(name: str, priority: Priority) -> None:
        turn = await pace.use(await pace.turn(name, priority, patience=90))
        order.append(name)
        turn.over()

    first = await pace.turn("x")
    waiting = [
        asyncio.create_task(goes("news", Priority.BROADCAST)),
        asyncio.create_task(goes("a", Priority.REPLY)),
        asyncio.create_task(goes("b", Priority.REPLY)),
    ]
    await asyncio.sleep(0.05)
    first.over()
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    assert order == ["a"]
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await pace.close()


async def test_a_turn_that_made_no_call_is_anothers(
    database: Database, clock: FrozenClock
) -> None:
    pace = _pace(database, clock, most=1)
    unused = await pace.turn("a")
    waits = asyncio.create_task(pace.turn("b", patience=90))
    await asyncio.sleep(0.05)
    assert not waits.done()
    unused.over()
    unused.over()
    assert (await waits).chat == "b"
    async with database.reading() as connection:
        found = await connection.execute(select(func.count()).select_from(zalo_calls))
        assert found.scalar_one() == 1


async def test_who_is_not_called_in_time_is_told_at_once(
    database: Database, clock: FrozenClock
) -> None:
    pace = _pace(database, clock, most=1)
    assert await _calls(pace) == 1
    began = monotonic()
    with pytest.raises(NoTurn) as told:
        await pace.turn("a", patience=20)
    assert monotonic() - began < 5
    assert 55 < told.value.wait <= WINDOW


async def test_a_refusal_silences_every_process_and_slows_them_down(
    database: Database, clock: FrozenClock
) -> None:
    one, other = _pace(database, clock, most=10), _pace(database, clock, most=10)
    assert await _calls(one) == 10
    await one.refused(30)
    assert one.silence > 25
    with pytest.raises(NoTurn):
        await other.turn("a", patience=1)
    assert other.silence > 25
    assert other.rate == pytest.approx(5 / WINDOW)


async def test_what_the_provider_tells_is_believed_where_it_is_stricter(
    database: Database, clock: FrozenClock
) -> None:
    pace = _pace(database, clock, most=10)
    turn = await pace.use(await pace.turn("a"))
    pace.answered(Limits(limit=3, remain=2))
    turn.over()
    assert await _calls(pace) == 2
    await pace.close()
    await _let_pass(database, WINDOW)
    assert await _calls(_pace(database, clock, most=10)) == 3


async def test_one_odd_answer_does_not_slow_an_account_for_ever(
    database: Database, clock: FrozenClock
) -> None:
    pace = _pace(database, clock, most=10)
    told = []
    for limit in (1, 4000, 0, 7):
        pace.answered(Limits(limit=limit))
        told.append(round(pace.rate * WINDOW))
    await pace.close()
    assert told == [1, 10, 10, 7]


async def test_nothing_is_called_while_none_are_left(
    database: Database, clock: FrozenClock
) -> None:
    pace = _pace(database, clock, most=10)
    turn = await pace.use(await pace.turn("a"))
    pace.answered(Limits(limit=100, remain=0))
    turn.over()
    assert await _calls(pace) == 0
