"""A plan's calendar in tables: laid out, kept by people, and told to those who answer for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import orjson
from sqlalchemy import insert, select, update

from bot.bell import Bell
from bot.casework.deeds import COMMAND_LINE, acting
from bot.messages import ChannelName
from bot.newsroom import keeping
from bot.newsroom.clearing import clear_days_off
from bot.newsroom.fulfilling import fulfil
from bot.newsroom.reminding import Reminding
from bot.officials.entry_values import day_value
from bot.officials.office_entries import Entry
from bot.storage.broadcast_rows import add_broadcast
from bot.storage.broadcast_tables import broadcasts, deliveries, runs
from bot.storage.database import Database
from bot.storage.entry_place_rows import EntryPlace, entry_place
from bot.storage.evidence_rows import Evidence, EvidenceKind, add_evidence, evidence_of
from bot.storage.inbox_rows import insert_messages
from bot.storage.officer_rows import NewOfficer, add_officer
from bot.storage.plan_tables import officer_chats, plan_entries, plans
from bot.storage.slot_broadcast_rows import tie_broadcast
from bot.storage.slot_change_rows import SlotEnding, end_slot
from bot.storage.slot_rows import slot_of, slots_between, slots_of_entries
from bot.storage.tables import outbox
from broadcasts.calendar import Slot, SlotStatus, Standing, WorkingDays, standing
from broadcasts.models import Audience, BroadcastStatus, DeliveryStatus, NewsText, RunStatus
from broadcasts.texts import Wish
from tests.conftest import NOON, FrozenClock
from tests.factories import a_message
from tests.fakes.newsroom import TET, a_realm

MONTHLY = {
    "kind": "recurring",
    "start": "2026-01-01",
    "end": "2026-12-31",
    "count": 1,
    "per": "month",
    "note": "",
}
FROM = date(2026, 3, 1)
KEPT = frozenset({ChannelName.WEB})


def works(day: date) -> bool:
    return day.weekday() < 5


async def a_plan(database: Database, *, officer: int | None = None, parts: int = 0) -> int:
    """Store a plan in force with one monthly entry, which may have parts; give its id."""
    async with database.writing() as connection:
        head = {
            "office": "xa",
            "year": 2026,
            "head": "{}",
            "digest": "d",
            "status": "in_force",
            "made_at": NOON,
        }
        done = await connection.execute(insert(plans).values(head).returning(plans.c.id))
        plan = int(done.scalar_one())
        row = {
            "plan": plan,
            "position": 1,
            "no": "1",
            "content": "Chuyên mục cải cách hành chính",
            "timing": orjson.dumps(MONTHLY).decode(),
            "officer": officer,
        }
        made = insert(plan_entries).returning(plan_entries.c.id)
        entry = (await connection.execute(made.values(row))).scalar_one()
        for number in range(parts):
            await connection.execute(
                insert(plan_entries).values(row | {"parent": entry, "position": 2 + number})
            )
    return plan


async def laid_out(
    database: Database, plan: int, *, since: date = FROM, open_on: WorkingDays = works
) -> Sequence[Slot]:
    async with acting(database, FrozenClock(), COMMAND_LINE) as doing:
        await keeping.lay_out(doing, plan, open_on, since=since)
        return await slots_of_entries(doing.connection, range(1, 100))


async def place_of(database: Database, slot: Slot) -> EntryPlace:
    async with database.reading() as connection:
        place = await entry_place(connection, slot.entry)
    assert place is not None
    return place


async def test_a_year_is_laid_out_once_and_what_was_over_is_not_late(database: Database) -> None:
    plan = await a_plan(database)
    slots = await laid_out(database, plan)
    assert [one.span.start.month for one in slots] == list(range(1, 13))
    assert [one.status for one in slots[:3]] == [
        SlotStatus.UNRECORDED,
        SlotStatus.UNRECORDED,
        SlotStatus.OPEN,
    ]
    assert await laid_out(database, plan) == slots


async def test_an_entry_with_parts_is_done_by_its_parts(database: Database) -> None:
    slots = await laid_out(database, await a_plan(database, parts=2))
    assert len(slots) == 24
    assert len({one.entry for one in slots}) == 2


async def test_what_a_person_moved_stays_when_all_is_laid_out_anew(database: Database) -> None:
    plan = await a_plan(database)
    slot = (await laid_out(database, plan))[5]
    place = await place_of(database, slot)
    chosen = slot.span.end
    async with acting(database, FrozenClock(), COMMAND_LINE) as doing:
        await keeping.move(doing, place, slot, due_on=chosen, last_on=chosen)
    assert (await laid_out(database, plan))[5].due_on == chosen


async def test_what_falls_on_a_new_day_off_moves_to_a_day_that_works(database: Database) -> None:
    plan = await a_plan(database)
    before = await laid_out(database, plan)
    closed = {before[5].due_on, before[8].due_on}
    after = await laid_out(database, plan, open_on=lambda day: works(day) and day not in closed)
    assert [one.id for one in after] == [one.id for one in before]
    moved = [was.span.start.month for was, now in zip(before, after, strict=True) if was != now]
    assert moved == [6, 9]
    assert not closed & {one.due_on for one in after}


async def test_what_is_proposed_for_a_day_closed_since_moves_and_nothing_else(
    database: Database,
) -> None:
    before = await laid_out(database, await a_plan(database))
    clock = FrozenClock(NOON.replace(year=2026, month=4, day=1))
    may, june = before[4], before[5]
    async with acting(database, clock, COMMAND_LINE) as doing:
        place = await place_of(database, june)
        await keeping.move(doing, place, june, due_on=june.due_on, last_on=june.last_on)
    closed = [
        Entry(office="xa", key=f"day:{day}", value=day_value(replace(TET, first=day, last=day)))
        for day in (may.due_on, june.due_on)
    ]
    moved = await clear_days_off(database, clock, lambda: a_realm(*closed))
    assert moved == 1
    assert await clear_days_off(database, clock, lambda: a_realm(*closed)) == 0
    async with database.reading() as connection:
        after = await slots_of_entries(connection, [may.entry])
    changed = [one for one, was in zip(after, before, strict=True) if one.due_on != was.due_on]
    assert [one.id for one in changed] == [may.id]
    assert changed[0].due_on.month == may.due_on.month


async def test_of_two_people_who_say_what_became_of_a_slot_one_counts(database: Database) -> None:
    slot = (await laid_out(database, await a_plan(database)))[4]
    place = await place_of(database, slot)
    done = SlotEnding(status=SlotStatus.DONE, done_on=slot.due_on, done_by=1)
    dropped = SlotEnding(status=SlotStatus.DROPPED, note="trùng với mục 2")
    async with acting(database, FrozenClock(), COMMAND_LINE) as doing:
        assert await keeping.end(doing, place, slot, done)
    async with acting(database, FrozenClock(), COMMAND_LINE) as doing:
        assert not await keeping.end(doing, place, slot, dropped)
        kept = await slot_of(doing.connection, slot.id)
    assert kept is not None
    assert standing(kept, date(2027, 1, 1)) is Standing.DONE


async def test_a_month_shows_what_is_due_in_it_and_what_is_still_in_time(
    database: Database,
) -> None:
    slots = await laid_out(database, await a_plan(database))
    async with database.reading() as connection:
        found = await slots_between(connection, ["xa"], date(2026, 6, 20), date(2026, 7, 16))
        nothing = await slots_between(connection, ["xb"], date(2026, 1, 1), date(2026, 12, 31))
        every = await slots_between(connection, None, date(2026, 1, 1), date(2026, 12, 31))
    assert [one.span.start.month for one in found] == [6, 7]
    assert nothing == ()
    assert every == slots


def a_link(slot: Slot) -> Evidence:
    return Evidence(
        id=0,
        entry=slot.entry,
        slot=slot.id,
        kind=EvidenceKind.LINK,
        title="Tin trên trang xã",
        url="https://xa.example.gov.vn/tin/1",
        file=None,
        happened_on=slot.due_on,
        made_at=NOON,
        made_by=1,
    )


async def test_evidence_is_kept_until_it_is_taken_away_with_a_reason(database: Database) -> None:
    slot = (await laid_out(database, await a_plan(database)))[4]
    place, link = await place_of(database, slot), a_link(slot)
    async with acting(database, FrozenClock(), COMMAND_LINE) as doing:
        row = await keeping.show(doing, place, link)
        assert await evidence_of(doing.connection, [slot.entry]) == (replace(link, id=row),)
        kept = replace(link, id=row)
        assert await keeping.take_away(doing, place, kept, "nhầm mục")
        assert not await keeping.take_away(doing, place, kept, "nhầm mục")
        assert await evidence_of(doing.connection, [slot.entry]) == ()


async def an_officer(database: Database, *, chat: bool = True) -> int:
    new = NewOfficer(login="an", name="An", title="", office="xa")
    async with database.writing() as connection:
        officer = int(await add_officer(connection, new, at=NOON, by=None))
        message = a_message("cb-123")
        await insert_messages(connection, [message])
        if chat:
            await connection.execute(
                insert(officer_chats).values(
                    conversation=message.address.conversation,
                    officer=officer,
                    channel=message.address.channel,
                    user_id=message.address.user_id,
                    linked_at=NOON,
                )
            )
    return officer


async def said(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list((await connection.execute(select(outbox.c.text))).scalars())


async def test_an_officer_is_told_once_of_each_kind_in_one_message(database: Database) -> None:
    officer = await an_officer(database)
    slots = await laid_out(database, await a_plan(database, officer=officer, parts=2))
    clock = FrozenClock(NOON.replace(month=4, day=1, year=2026))
    march = [one for one in slots if one.span.start.month == 3]
    assert len(march) == 2
    reminding = Reminding(database, clock, bell=Bell(), kept=KEPT)
    assert await reminding.remind() == 1
    (text,) = await said(database)
    assert text.count("Đã quá hạn 31/03/2026") == 2
    assert await reminding.remind() == 0
    clock.move(timedelta(days=12))
    assert await reminding.remind() == 1
    assert (await said(database))[1].count("Sắp đến ngày dự kiến") == 2


async def test_who_was_told_today_is_told_of_what_came_meanwhile_tomorrow(
    database: Database,
) -> None:
    officer = await an_officer(database)
    clock = FrozenClock(NOON.replace(month=4, day=1, year=2026))
    reminding = Reminding(database, clock, bell=Bell(), kept=KEPT)
    await laid_out(database, await a_plan(database, officer=officer))
    assert await reminding.remind() == 1
    other = await a_plan(database, officer=officer)
    await laid_out(database, other)
    clock.move(timedelta(hours=4))
    assert await reminding.remind() == 0
    clock.move(timedelta(hours=20))
    assert await reminding.remind() == 1
    assert len(await said(database)) == 2


async def test_who_has_no_chat_is_told_as_soon_as_there_is_one(database: Database) -> None:
    officer = await an_officer(database, chat=False)
    await laid_out(database, await a_plan(database, officer=officer))
    clock = FrozenClock(NOON.replace(month=4, day=1, year=2026))
    reminding = Reminding(database, clock, bell=Bell(), kept=KEPT)
    assert await reminding.remind() == 0
    assert await said(database) == []


async def a_text_for(database: Database, slot: Slot) -> int:
    """Write the news that are to carry out ``slot``."""
    async with database.writing() as connection:
        text = NewsText(title="Tin tháng 5", body="b")
        wish = Wish(office="xa", kind="khac", text=text, audience=Audience(offices=("xa",)))
        number = await add_broadcast(connection, wish, author=1, at=NOON)
        await tie_broadcast(connection, slot.id, number)
    return number


async def a_run_of(
    database: Database, number: int, status: DeliveryStatus, ended_at: datetime = NOON
) -> None:
    """Let a run of news have ended, with ``status`` for the one person it was for."""
    async with database.writing() as connection:
        run = {
            "schedule": 1,
            "due_at": ended_at,
            "broadcast": number,
            "version": 1,
            "office": "xa",
            "status": RunStatus.FINISHED,
            "ended_at": ended_at,
        }
        made = await connection.execute(insert(runs).values(run).returning(runs.c.id))
        delivery = {
            "run": made.scalar_one(),
            "route": "telegram",
            "subscriber": 1,
            "address": "7",
            "status": status,
            "not_before": NOON,
        }
        await connection.execute(insert(deliveries).values(delivery))


async def test_a_time_with_a_text_or_evidence_outlives_another_timing(database: Database) -> None:
    plan = await a_plan(database)
    _, with_text, shown, dropped, *_ = (await laid_out(database, plan))[4:]
    await a_text_for(database, with_text)
    off = await a_text_for(database, dropped)
    async with database.writing() as connection:
        ended = update(broadcasts).where(broadcasts.c.id == off)
        await connection.execute(ended.values(status=BroadcastStatus.DROPPED))
        await add_evidence(connection, a_link(shown))
        yearly = orjson.dumps(MONTHLY | {"per": "year"}).decode()
        await connection.execute(update(plan_entries).values(timing=yearly))
    left = [one.id for one in await laid_out(database, plan) if one.status is SlotStatus.OPEN]
    assert {with_text.id, shown.id} < set(left)
    assert len(left) == 3


async def test_news_that_went_out_are_what_the_plan_asked_for(database: Database) -> None:
    slot = (await laid_out(database, await a_plan(database)))[4]
    clock = FrozenClock()
    await a_run_of(database, await a_text_for(database, slot), DeliveryStatus.FAILED)
    assert await fulfil(database, clock) == 0
    async with database.writing() as connection:
        await connection.execute(update(deliveries).values(status=DeliveryStatus.SENT))
    assert await fulfil(database, clock) == 1
    assert await fulfil(database, clock) == 0
    async with database.reading() as connection:
        kept = await slot_of(connection, slot.id)
        (piece,) = await evidence_of(connection, [slot.entry])
    assert kept is not None
    assert (kept.status, kept.done_on) == (SlotStatus.DONE, NOON.date())
    assert (piece.kind, piece.title) == (EvidenceKind.BROADCAST, "Tin tháng 5")


async def test_what_a_person_opened_again_stays_open_until_news_go_out_anew(
    database: Database,
) -> None:
    slot = (await laid_out(database, await a_plan(database)))[4]
    clock = FrozenClock()
    number = await a_text_for(database, slot)
    await a_run_of(database, number, DeliveryStatus.SENT)
    assert await fulfil(database, clock) == 1
    later = NOON + timedelta(hours=1)
    again = SlotEnding(status=SlotStatus.OPEN, note="Gửi nhầm bài", reopened_at=later)
    async with database.writing() as connection:
        assert await end_slot(connection, slot.id, SlotStatus.DONE, again)
    assert await fulfil(database, clock) == 0
    await a_run_of(database, number, DeliveryStatus.SENT, later + timedelta(hours=1))
    assert await fulfil(database, clock) == 1
