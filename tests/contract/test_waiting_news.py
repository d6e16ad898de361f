"""What of news and plans waits for an officer is counted alike in both databases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert

from bot.officials.models import OfficerId
from bot.storage import pending_news_rows as news
from bot.storage.broadcast_tables import (
    broadcast_steps,
    broadcasts,
    deliveries,
    readings,
    runs,
)
from bot.storage.database import Database
from bot.storage.officer_rows import NewOfficer, add_officer
from bot.storage.paging import Query, listed
from bot.storage.pending_rows import Matter, pending
from bot.storage.run_list_rows import ORDER, Which, listed_run, runs_that
from bot.storage.slot_change_rows import add_slot
from bot.storage.urgent_rows import urgent_unseen
from broadcasts.calendar import Proposal
from broadcasts.timing import Period
from tests.conftest import NOON
from tests.fakes.plans import put_entry, put_plan

ME, OTHER = OfficerId(1), OfficerId(2)
TODAY = NOON.date()
DAY = timedelta(days=1)
LONG_AGO = NOON - 30 * DAY


async def keep(database: Database, table: Table, **row: Any) -> None:
    async with database.writing() as connection:
        await connection.execute(insert(table).values(**row))


async def a_text(database: Database, number: int, **more: Any) -> None:
    plain = {
        "id": number, "office": "xa", "kind": "khac", "title": "Tin", "version": 1,
        "status": "submitted", "author": OTHER, "urgent": False, "made_at": NOON,
        "changed_at": NOON + number * DAY,
    }  # fmt: skip
    await keep(database, broadcasts, **plain | more)


async def a_step(database: Database, broadcast: int, step: str, officer: int, **more: Any) -> None:
    plain = {"version": 1, "at": NOON, "note": "bão"}
    told = plain | {"broadcast": broadcast, "step": step, "officer": officer} | more
    await keep(database, broadcast_steps, **told)


async def a_run(database: Database, number: int, status: str, **more: Any) -> None:
    plain = {
        "id": number, "schedule": number, "due_at": NOON, "broadcast": 1, "version": 1,
        "office": "xa", "status": status, "reason": "",
    }  # fmt: skip
    await keep(database, runs, **plain | more)


async def unsure(
    database: Database, run: int, reader: int = 1, *, status: str = "uncertain"
) -> None:
    await keep(
        database, deliveries, run=run, route="web", subscriber=reader, address="a",
        status=status, not_before=NOON,
    )  # fmt: skip


async def test_a_run_that_is_over_and_reached_nobody_is_told_from_others(
    database: Database,
) -> None:
    await a_text(database, 1)
    for run, failed in ((1, 2), (2, 1), (3, 0)):
        await a_run(database, run, "finished", total=2)
        for reader in range(failed):
            await unsure(database, run, reader, status="failed")
    async with database.reading() as connection:
        rows = (await listed(connection, runs_that(None, {"xa"}), ORDER)).rows
    found = {one.id: (one.failed, one.in_vain) for one in map(listed_run, rows)}
    assert found == {1: (2, True), 2: (1, False), 3: (0, False)}


async def counted(database: Database, *wanted: Query) -> Mapping[Matter, int]:
    async with database.reading() as connection:
        return {one.matter: one.count for one in await pending(connection, wanted)}


async def test_runs_wait_for_a_persons_word_and_the_list_has_the_same(database: Database) -> None:
    await a_text(database, 1)
    await a_run(database, 1, "missed")
    await a_run(database, 2, "missed", office="khac")
    await a_run(database, 3, "paused", reason="errors")
    await a_run(database, 4, "paused", reason="officer")
    await a_run(database, 5, "finished")
    await a_run(database, 6, "finished", due_at=LONG_AGO - DAY)
    for run, reader in ((5, 1), (5, 2), (6, 1)):
        await unsure(database, run, reader)
    wanted = (
        news.runs_missed({"xa"}),
        news.runs_stopped({"xa"}),
        news.uncertain({"xa"}, LONG_AGO),
    )
    assert await counted(database, *wanted) == {
        Matter.MISSED: 1, Matter.STOPPED: 1, Matter.UNCERTAIN: 2,
    }  # fmt: skip
    found = {}
    async with database.reading() as connection:
        for which in (None, *Which):
            rows = (await listed(connection, runs_that(which, {"xa"}), ORDER)).rows
            found[which] = {one.id: one.uncertain for one in map(listed_run, rows)}
    assert found == {
        None: {1: 0, 3: 0, 4: 0, 5: 2, 6: 1},
        Which.MISSED: {1: 0},
        Which.STOPPED: {3: 0},
        Which.UNCERTAIN: {5: 2, 6: 1},
        Which.GOING: {3: 0, 4: 0},
    }


async def a_slot(database: Database, due: date, last: date, **plan: Any) -> None:
    async with database.writing() as connection:
        entry = await put_entry(connection, await put_plan(connection, "xa", **plan))
        wish = Proposal(span=Period(due, last), number=1, due_on=due, last_on=last)
        await add_slot(connection, entry, wish)


async def test_slots_are_late_after_their_last_day_and_soon_a_week_ahead(
    database: Database,
) -> None:
    await a_slot(database, TODAY - 3 * DAY, TODAY - DAY)
    await a_slot(database, TODAY - 3 * DAY, TODAY)
    await a_slot(database, TODAY + 7 * DAY, TODAY + 7 * DAY)
    # What may still be done long after is not due, whatever day is proposed for it.
    await a_slot(database, TODAY - 3 * DAY, TODAY + 8 * DAY)
    await a_slot(database, TODAY + DAY, TODAY + 40 * DAY)
    await a_slot(database, TODAY - 3 * DAY, TODAY - DAY, status="draft")
    wanted = (news.slots_late({"xa"}, TODAY), news.slots_soon({"xa"}, TODAY))
    # Together with what has moments of its own, as the first page asks.
    await a_text(database, 1)
    texts = news.news_to_approve({"xa"}, ME)
    expected = {Matter.LATE: 1, Matter.SOON: 2, Matter.NEWS: 1}
    assert await counted(database, *wanted, texts) == expected
    assert await counted(database, texts, *wanted) == expected
    assert await counted(database, news.slots_late({"khac"}, TODAY)) == {}


async def test_readings_wait_for_their_tick_once_they_were_due(database: Database) -> None:
    for number, due, read_at in ((1, NOON, None), (2, NOON - DAY, None), (3, NOON - DAY, NOON)):
        await keep(
            database, readings, id=number, broadcast=1, version=1, office="xa", minutes=1,
            station=str(number), due_at=due, read_at=read_at, note="", ended_slot=False,
        )  # fmt: skip
    wanted = news.readings_to_tick({"xa"}, NOON)
    assert await counted(database, wanted) == {Matter.READINGS: 1}


@pytest.fixture
async def officer(database: Database) -> OfficerId:
    async with database.writing() as connection:
        new = NewOfficer(login="hoa", name="Trần Thị Hoa", title="", office="xa")
        return await add_officer(connection, new, at=NOON, by=None)


async def test_urgent_notices_are_told_until_each_reader_marked_them(
    database: Database, officer: OfficerId
) -> None:
    reader = OfficerId(officer + 1)
    for number, office in ((1, "xa"), (2, "xa"), (3, "khac"), (4, "xa")):
        await a_text(database, number, office=office, urgent=number != 4, status="approved")
        await a_step(database, number, "started", officer, at=NOON + number * DAY)

    async def told(who: OfficerId = reader) -> list[int]:
        async with database.reading() as connection:
            found = await urgent_unseen(connection, {"xa"}, who, LONG_AGO)
        assert all((one.by, one.reason) == ("Trần Thị Hoa", "bão") for one in found)
        return [one.broadcast for one in found]

    assert await told() == [2, 1]
    assert await told(officer) == []
    await a_step(database, 2, "seen", reader)
    await a_step(database, 1, "seen", OfficerId(reader + 1))
    assert await told() == [1]
    # Sent once more, it is news again.
    await a_step(database, 2, "started", officer)
    assert await told() == [2, 1]
