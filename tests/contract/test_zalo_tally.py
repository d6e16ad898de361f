"""What Zalo refused is counted, told and over alike over both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from bot.casework.zalo.alarming import alarmed
from bot.casework.zalo.alarms import AlarmKind
from bot.console.zalo.asking import NotAsked, asked
from bot.intake.tallies import Marks
from bot.storage.database import Database
from bot.storage.zalo_mark_rows import Mark, marks_of
from bot.storage.zalo_tables import zalo_accounts
from bot.upkeep.zalo import AccountReading
from tests.conftest import NOON, FrozenClock
from tests.fakes.paper_zalo import OA
from tests.fakes.zalo import Clock, serving_zalo
from tests.fakes.zalo_line import PaperAccounts, line_to

MINUTE = timedelta(minutes=1)
EMPTY, TOOK = "api:-321:message/template", "took:api:message/template"


async def _alarms(database: Database, clock: FrozenClock) -> list[tuple[AlarmKind, ...]]:
    async with database.reading() as connection:
        return [one.kinds for one in await alarmed(connection, None, clock.now())]


async def test_two_processes_count_together(database: Database) -> None:
    clock = FrozenClock()
    one, other = Marks(database, clock), Marks(database, clock)
    row = {"oa_id": OA, "office": "xa", "name": "Xã", "status": "connected"}
    async with database.writing() as connection:
        await connection.execute(insert(zalo_accounts).values(row))
    one.count(OA, EMPTY)
    one.count(OA, EMPTY)
    clock.move(MINUTE)
    other.count(OA, EMPTY)
    await other.write()
    assert await _alarms(database, clock) == [(AlarmKind.MONEY,)]
    # What is written later was counted earlier: the later moment stays.
    await one.write()
    async with database.reading() as connection:
        assert await marks_of(connection, OA) == (
            Mark(mark=EMPTY, count=3, last_at=NOON + MINUTE),
        )
    clock.move(MINUTE)
    one.count(OA, TOOK)
    await one.write()
    assert await _alarms(database, clock) == []


async def test_why_zalo_did_not_answer_an_officer_stands_on_the_next_page(
    database: Database,
) -> None:
    clock = FrozenClock()
    marks = Marks(database, clock)
    async with (
        serving_zalo(clock=Clock.standing(NOON)) as fake,
        line_to(fake, tally=marks.count) as calling,
    ):
        oa = fake.oa.oa_id
        reading = AccountReading(database, calling, PaperAccounts(fake), clock, count=marks.write)
        await asked(reading, reading.page(oa))
        fake.fail("getoa", -205, times=1)
        with pytest.raises(NotAsked, match="zalo_refused"):
            await asked(reading, reading.page(oa))
    async with database.reading() as connection:
        told = {one.mark for one in await marks_of(connection, oa)}
    assert "api:-205:oa/getoa" in told
