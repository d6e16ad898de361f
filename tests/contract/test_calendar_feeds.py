"""An office's calendar opens by its key alone, and tells since when it says what it says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from bot.casework.deeds import acting
from bot.newsroom.calendar_feeds import LONGEST_TITLE, CalendarFeeds
from bot.newsroom.calendar_keys import digest_of, make_key, withdraw_key
from bot.officials.audit import By
from bot.storage import audit_rows
from bot.storage.calendar_key_rows import key_at
from bot.storage.database import Database
from bot.storage.plan_tables import calendar_keys, plan_entries
from bot.storage.slot_change_rows import SlotEnding, add_slot, end_slot, move_slot
from broadcasts.calendar import Proposal, SlotStatus
from broadcasts.timing import Period
from tests.conftest import NOON, FrozenClock
from tests.fakes.plans import put_entry, put_plan

BY = By(officer=7, actor="Lan (lan)")
DAY = date(2026, 11, 26)
SITE = "https://xa.example.gov.vn"


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def feeds(database: Database, clock: FrozenClock) -> CalendarFeeds:
    return CalendarFeeds(
        database=database, clock=clock, site=SITE, called=lambda code: f"UBND {code}"
    )


async def _key(database: Database, office: str = "xa") -> str:
    async with acting(database, FrozenClock(), BY) as doing:
        return await make_key(doing, office)


async def _slot(database: Database, office: str = "xa", day: date = DAY, **told: object) -> int:
    async with database.writing() as connection:
        plan = await put_plan(connection, office, **told)
        entry = await put_entry(connection, plan, officer=7)
        wish = Proposal(span=Period(day, day), number=1, due_on=day, last_on=day)
        return await add_slot(connection, entry, wish)


async def _end(database: Database, slot: int, ending: SlotEnding) -> None:
    async with database.writing() as connection:
        assert await end_slot(connection, slot, SlotStatus.OPEN, ending)


async def test_a_key_opens_its_offices_calendar_and_no_other(
    database: Database, feeds: CalendarFeeds
) -> None:
    mine, theirs = await _slot(database), await _slot(database, "xa-khac")
    await _slot(database, status="draft")
    opened = await feeds.opened_by(await _key(database))
    assert opened is not None
    assert opened.name == "Lịch truyền thông UBND xa"
    (entry,) = opened.entries
    assert entry.uid == f"slot-{mine}.xa@hanhchinh-bot"
    assert entry.uid != f"slot-{theirs}.xa@hanhchinh-bot"
    assert (entry.day, entry.title) == (DAY, "Chuyên mục cải cách hành chính")
    assert entry.words.splitlines()[1:] == [
        "Mục 1 của kế hoạch truyền thông",
        "Chậm nhất: 26/11/2026",
    ]
    assert entry.address == f"{SITE}/console/slots/{mine}"


async def test_what_is_withdrawn_renewed_or_guessed_opens_nothing(
    database: Database, feeds: CalendarFeeds
) -> None:
    first = await _key(database)
    second = await _key(database)
    assert first != second
    assert await feeds.opened_by(first) is None
    assert await feeds.opened_by(second) is not None
    assert await feeds.opened_by(digest_of(second)) is None
    assert await feeds.opened_by("") is None
    async with acting(database, FrozenClock(), BY) as doing:
        assert await withdraw_key(doing, "xa")
        assert not await withdraw_key(doing, "xa")
    assert await feeds.opened_by(second) is None
    async with database.reading() as connection:
        told = [one.action for one in await audit_rows.following(connection, None, 9)]
    assert told == ["calendar_key_made", "calendar_key_renewed", "calendar_key_withdrawn"]


async def test_a_table_and_the_audit_hold_no_key(database: Database) -> None:
    key = await _key(database)
    async with database.reading() as connection:
        (row,) = (await connection.execute(select(calendar_keys))).all()
        (entry,) = await audit_rows.following(connection, None, 9)
        known = await key_at(connection, "xa")
    assert key not in repr(row)
    assert key not in entry.body
    assert known is not None
    assert (known.digest, len(known.digest)) == (digest_of(key), 64)


async def test_it_says_since_when_it_says_so(
    database: Database, feeds: CalendarFeeds, clock: FrozenClock
) -> None:
    slot, key = await _slot(database), await _key(database)
    first = await feeds.opened_by(key)
    clock.move(timedelta(hours=5))
    again = await feeds.opened_by(key)
    assert first == again
    assert first is not None
    assert first.changed_at == NOON
    async with database.writing() as connection:
        await move_slot(
            connection, slot, due_on=DAY + timedelta(days=1), last_on=DAY + timedelta(days=1)
        )
    moved = await feeds.opened_by(key)
    assert moved is not None
    assert moved.changed_at == NOON + timedelta(hours=5)
    (entry,) = moved.entries
    assert (entry.uid, entry.day) == (first.entries[0].uid, DAY + timedelta(days=1))


async def test_what_is_done_is_marked_and_what_is_dropped_is_gone(
    database: Database, feeds: CalendarFeeds
) -> None:
    done, dropped = await _slot(database), await _slot(database)
    before = DAY - timedelta(days=2)
    await _end(database, done, SlotEnding(status=SlotStatus.DONE, done_on=before))
    await _end(database, dropped, SlotEnding(status=SlotStatus.DROPPED))
    opened = await feeds.opened_by(await _key(database))
    assert opened is not None
    (entry,) = opened.entries
    assert (entry.day, entry.done) == (before, True)
    assert entry.title.startswith("✓ ")
    assert entry.words.endswith("Đã làm ngày 24/11/2026")


async def test_it_holds_three_years_and_nobodys_name(
    database: Database, feeds: CalendarFeeds
) -> None:
    years = range(2024, 2029)
    for year in years:
        await _slot(database, day=date(year, 6, 1), year=year)
    async with database.writing() as connection:
        await connection.execute(update(plan_entries).values(content="dài " * 100))
    opened = await feeds.opened_by(await _key(database))
    assert opened is not None
    assert [one.day.year for one in opened.entries] == [2025, 2026, 2027]
    (title,) = {one.title for one in opened.entries}
    assert title.endswith(" dài…")
    assert LONGEST_TITLE - 10 < len(title) <= LONGEST_TITLE
    assert "Lan" not in opened.written().decode()
