"""An occurrence becomes a run with its ledger once, however dispatchers race or die."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, update
from sqlalchemy.exc import IntegrityError

from bot.newsroom.dispatch import dispatch
from bot.storage.broadcast_tables import broadcasts, deliveries, runs, schedules
from bot.storage.database import Database
from broadcasts.models import BroadcastStatus, RunStatus, ScheduleStatus
from tests.conftest import NOON, FrozenClock
from tests.fakes.newsroom import Newsroom, a_realm, a_wish
from tests.fakes.readers import a_reader, subscribe_all

READERS = 20


class Killed(BaseException):
    """The process is gone; nobody catches this."""


@pytest.fixture
async def newsroom(database: Database, clock: FrozenClock) -> Newsroom:
    await subscribe_all(database, [a_reader(address=str(one)) for one in range(READERS)])
    return Newsroom(database, clock, a_realm())


@contextmanager
def killed_at(database: Database, number: int) -> Iterator[list[str]]:
    """Let the process die at its statement ``number`` after this, before it is done."""
    seen: list[str] = []

    def look(*told: Any) -> None:
        seen.append(told[2])
        if len(seen) == number:
            raise Killed

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", look)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", look)


async def stored(newsroom: Newsroom) -> dict[str, Any]:
    """All that tells how far an occurrence has come."""
    async with newsroom.database.reading() as connection:
        counted = {
            str(one): (await connection.execute(select(func.count()).select_from(one))).scalar()
            for one in (runs, deliveries)
        }
        row = (await connection.execute(select(schedules.c.status, schedules.c.next_due_at))).one()
    return {**counted, "status": row.status, "next": row.next_due_at}


async def test_who_dies_at_any_statement_loses_and_doubles_nothing(newsroom: Newsroom) -> None:
    await newsroom.start(await newsroom.approved())
    before = await stored(newsroom)
    died = 0
    for number in range(1, 100):
        with killed_at(newsroom.database, number) as seen:
            try:
                await newsroom.tick()
            except Killed:
                died += 1
        if len(seen) < number:
            break
        assert await stored(newsroom) == before, seen[-1]
    assert died > 10
    after = await stored(newsroom)
    assert (after["runs"], after["deliveries"]) == (1, READERS)
    assert after["status"] == ScheduleStatus.ENDED
    assert await newsroom.tick() == 0
    deeds = await newsroom.deeds()
    assert deeds.count("run_begun") == 1


async def test_dispatchers_at_once_begin_a_run_once(newsroom: Newsroom) -> None:
    made = [
        await newsroom.approved(a_wish(f"Tin số {number}, không giống tin nào: {word * 30}"))
        for number, word in enumerate(("bão ", "lũ ", "hạn ", "gió "))
    ]
    for one in made:
        await newsroom.start(one, rrule="FREQ=WEEKLY")
    many = [dispatch(newsroom.database, newsroom.clock, lambda: newsroom.realm) for _ in range(4)]
    done = await asyncio.gather(*many)
    # One that finds a broadcast held leaves it to who holds it.
    assert sum(done) == len(made)
    after = await stored_runs(newsroom)
    assert after == [(RunStatus.RUNNING, READERS)] * len(made)
    assert len(await newsroom.ledger()) == READERS * len(made)


async def stored_runs(newsroom: Newsroom) -> list[tuple[str, int]]:
    async with newsroom.database.reading() as connection:
        rows = await connection.execute(select(runs.c.status, runs.c.total).order_by(runs.c.id))
        return [(row.status, row.total) for row in rows]


async def test_an_edit_and_the_clock_at_once_agree(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made)

    async def edit() -> object:
        return await newsroom.edit(made, a_wish("Lời khác hẳn."))

    acts: list[Callable[[], Awaitable[object]]] = [edit, newsroom.tick, newsroom.tick]
    await asyncio.gather(*(act() for act in acts))
    ledger = await newsroom.ledger()
    # Either it went out in the approved words, or not at all.
    assert ledger in ([], [(1, str(one)) for one in range(READERS)])
    assert await newsroom.tick() == 0
    assert await newsroom.ledger() == ledger


async def test_an_occurrence_that_is_there_already_is_not_made_again(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    schedule = await newsroom.start(made, rrule="FREQ=WEEKLY")
    await newsroom.tick()
    async with newsroom.database.writing() as connection:
        # As a backup that was put back would have it.
        back = update(schedules).values(next_due_at=NOON)
        await connection.execute(back.where(schedules.c.id == schedule.id))
    assert await newsroom.tick() == 1
    assert len(await newsroom.occurrences(made)) == 1
    assert len(await newsroom.ledger()) == READERS
    (renewed,) = await newsroom.schedules(made)
    assert renewed.next_due_at == NOON + timedelta(days=7)


async def test_what_lost_its_approval_does_not_go_out(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made)
    async with newsroom.database.writing() as connection:
        await connection.execute(update(broadcasts).values(status=BroadcastStatus.RETURNED))
    assert await newsroom.tick() == 1
    assert await newsroom.occurrences(made) == []
    assert [one.status for one in await newsroom.schedules(made)] == [ScheduleStatus.CANCELLED]
    assert (await newsroom.deeds())[-1] == "broadcast_cancelled"


async def test_one_schedule_that_fails_does_not_hold_the_others_up(newsroom: Newsroom) -> None:
    broken = await newsroom.approved(a_wish("Một tin hỏng, chẳng ai đọc được bao giờ cả đâu"))
    schedule = await newsroom.start(broken)
    whole = await newsroom.approved(a_wish("Sáng mai họp dân tại nhà văn hóa thôn Hai nhé"))
    await newsroom.start(whole)
    async with newsroom.database.writing() as connection:
        worse = update(schedules).where(schedules.c.id == schedule.id).values(rrule="hỏng")
        await connection.execute(worse)
    assert await newsroom.tick() == 1
    assert len(await newsroom.occurrences(whole)) == 1
    assert await newsroom.occurrences(broken) == []


async def test_the_tables_hold_it_even_where_nobody_waited(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made)
    await newsroom.tick()
    async with newsroom.database.reading() as connection:
        row = dict((await connection.execute(select(runs))).one()._mapping)
    del row["id"]
    with pytest.raises(IntegrityError):
        async with newsroom.database.writing() as connection:
            await connection.execute(runs.insert().values(row))
