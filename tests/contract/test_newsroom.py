"""A text goes from draft to run by two people's hands, alike in both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.newsroom.refusing import Doubtful, NoSuchBroadcast, Refused, Unready
from bot.newsroom.running import RunMoved
from bot.newsroom.scheduling import CalledOff, Sure, slot_start
from bot.officials.entry_values import day_value
from bot.officials.office_entries import Entry
from bot.storage.asked_rows import PORTION
from bot.storage.broadcast_rows import steps_of
from bot.storage.database import Database
from bot.storage.plan_tables import plan_entries, plans, slots
from broadcasts.approval import Refusal
from broadcasts.composing.likeness import guards
from broadcasts.models import (
    Audience,
    BroadcastId,
    BroadcastStatus,
    Button,
    NewsText,
    ReaderKind,
    Route,
    RunStatus,
    ScheduleStatus,
)
from broadcasts.routes import VIETNAM
from broadcasts.schedule.errors import BadRule
from broadcasts.schedule.models import OffDays
from tests.conftest import NOON, FrozenClock
from tests.fakes.newsroom import HOA, NAM, TET, Newsroom, a_realm, a_wish
from tests.fakes.readers import a_reader, subscribe_all

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
READERS = ("1", "2", "3")


@pytest.fixture
async def newsroom(database: Database, clock: FrozenClock) -> Newsroom:
    """A realm with three readers in one commune."""
    await subscribe_all(database, [a_reader(address=one) for one in READERS])
    return Newsroom(database, clock, a_realm())


async def refused(call: object, why: Refusal) -> None:
    with pytest.raises(Refused) as told:
        await call  # type: ignore[misc]
    assert told.value.why is why


async def test_what_is_written_is_kept_whole(newsroom: Newsroom) -> None:
    text = NewsText(
        title="Lịch {viec}",
        body="Tại {dia_diem}.\n\nHết.",
        buttons=(Button(label="Mở", address="https://xa.vn"),),
        picture=3,
        files=(4, 5),
    )
    audience = Audience(
        offices=("xa", "thon"),
        kinds=(ReaderKind.CITIZEN,),
        topics=("khac",),
        routes=(Route.WEB, Route.TELEGRAM),
    )
    wish = a_wish(text=text, audience=audience, variables={"viec": "tiếp dân"})
    made = await newsroom.create(wish)
    assert (made.status, made.version, made.author) == (BroadcastStatus.DRAFT, 1, NAM.officer)
    kept = await newsroom.version(made, 1)
    assert (kept.text, kept.audience, kept.variables) == (text, audience, wish.variables)
    assert kept.frozen_at is None


async def test_two_people_bring_a_text_to_its_readers(newsroom: Newsroom) -> None:
    made = await newsroom.submit(await newsroom.create())
    assert made.status is BroadcastStatus.SUBMITTED
    await refused(newsroom.approve(made, by=NAM), Refusal.OWN)
    await refused(newsroom.start(made), Refusal.ELSEWHERE)
    await newsroom.approve(made, version=1)
    schedule = await newsroom.start(made)
    assert await newsroom.ledger() == []
    assert await newsroom.tick() == 1
    assert await newsroom.ledger() == [(1, one) for one in READERS]
    (run,) = await newsroom.occurrences(made)
    assert (run.status, run.total, run.due_at) == (RunStatus.RUNNING, 3, schedule.next_due_at)
    assert [one.status for one in await newsroom.schedules(made)] == [ScheduleStatus.ENDED]
    assert await newsroom.tick() == 0
    assert await newsroom.deeds() == [
        "broadcast_written",
        "broadcast_submitted",
        "broadcast_approved",
        "broadcast_started",
        "run_begun",
    ]
    async with newsroom.database.reading() as connection:
        steps = await steps_of(connection, made.id)
    assert [(one.step, one.officer, one.version) for one in steps] == [
        ("written", 7, 1),
        ("submitted", 7, 1),
        ("approved", 8, 1),
        ("started", 8, 1),
    ]


async def test_a_text_is_frozen_with_its_gaps_filled(newsroom: Newsroom) -> None:
    body = "Mời đến {co_quan}, {dia_chi}, {dien_thoai}, lúc {gio}."
    made = await newsroom.create(a_wish(body))
    with pytest.raises(Unready, match=r"Chưa điền: giờ \{gio\}\."):
        await newsroom.submit(made)
    assert (await newsroom.seen(made)).status is BroadcastStatus.DRAFT
    told = {"gio": "8 giờ", "dien_thoai": "1900 1000"}
    await newsroom.edit(made, a_wish(body, variables=told))
    await newsroom.submit(made)
    frozen = await newsroom.version(made, 1)
    assert frozen.text.body == "Mời đến UBND xã An, Thôn Một, 1900 1000, lúc 8 giờ."
    assert frozen.frozen_at == NOON


async def test_an_edit_of_what_was_approved_begins_anew(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made, starts_at=NOON + HOUR)
    edited = await newsroom.edit(made, a_wish("Lời khác hẳn."), by=HOA)
    assert (edited.status, edited.version) == (BroadcastStatus.DRAFT, 2)
    assert (await newsroom.version(made, 1)).text.body == a_wish().text.body
    assert [one.status for one in await newsroom.schedules(made)] == [ScheduleStatus.CANCELLED]
    assert await newsroom.tick(2 * HOUR) == 0
    assert await newsroom.ledger() == []
    await newsroom.submit(made, by=NAM)
    # Both have put words into it by now.
    await refused(newsroom.approve(made, by=HOA), Refusal.OWN)
    await refused(newsroom.approve(made, by=NAM), Refusal.OWN)
    third = replace(HOA, officer=9)
    await refused(newsroom.approve(made, by=third, version=1), Refusal.ELSEWHERE)
    assert (await newsroom.approve(made, by=third, version=2)).version == 2


async def test_a_run_goes_on_with_the_text_it_was_approved_with(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made)
    await newsroom.tick()
    await newsroom.edit(made, a_wish("Lời khác hẳn."))
    (run,) = await newsroom.occurrences(made)
    assert (run.status, run.version) == (RunStatus.RUNNING, 1)
    assert (await newsroom.version(made, 1)).text == a_wish().text


async def test_a_text_comes_back_with_a_reason_and_may_be_taken_back(newsroom: Newsroom) -> None:
    made = await newsroom.submit(await newsroom.create())
    await refused(newsroom.give_back(made, " "), Refusal.REASON)
    assert (await newsroom.give_back(made, "Thiếu giờ")).status is BroadcastStatus.RETURNED
    await refused(newsroom.submit(made), Refusal.ELSEWHERE)
    edited = await newsroom.edit(made, a_wish("Lời khác."))
    assert (edited.version, edited.status) == (2, BroadcastStatus.DRAFT)
    await newsroom.submit(made)
    assert (await newsroom.withdraw(made)).status is BroadcastStatus.DRAFT
    # Taken back unchanged, it is laid before the approver as it was frozen.
    assert (await newsroom.submit(made)).version == 2
    await newsroom.withdraw(made)
    assert (await newsroom.edit(made, a_wish("Lời khác nữa."))).version == 3


async def test_two_who_edit_at_once_are_told_apart(newsroom: Newsroom) -> None:
    made = await newsroom.create()
    newsroom.clock.move(MINUTE)
    await newsroom.edit(made, a_wish("Một."), seen=made.changed_at)
    newsroom.clock.move(MINUTE)
    await refused(newsroom.edit(made, a_wish("Hai."), seen=made.changed_at), Refusal.ELSEWHERE)
    assert (await newsroom.version(made, 1)).text.body == "Một."


async def test_what_is_dropped_is_over(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made)
    await newsroom.drop(made)
    assert await newsroom.tick() == 0
    await refused(newsroom.edit(made, a_wish()), Refusal.ELSEWHERE)
    await refused(newsroom.start(made), Refusal.ELSEWHERE)
    with pytest.raises(NoSuchBroadcast):
        await newsroom.drop(replace(made, id=BroadcastId(made.id + 1)))


@pytest.mark.parametrize(
    "changes",
    [
        {"audience": Audience(offices=("xa-b",))},
        {"audience": Audience(offices=("xa", "tinh"))},
        {"office": "", "audience": Audience(offices=("xa",))},
        {"office": "mat-dau", "audience": Audience(offices=("mat-dau",))},
        {"entry": 404},
        {"slot": 404},
    ],
)
async def test_nobody_speaks_beyond_their_office(
    newsroom: Newsroom, changes: dict[str, Any]
) -> None:
    await refused(newsroom.create(a_wish(**changes)), Refusal.OUTSIDE)
    assert await newsroom.deeds() == []


async def test_a_text_may_carry_out_a_plan_of_its_office_or_one_above(newsroom: Newsroom) -> None:
    async with newsroom.database.writing() as connection:
        for number, office in ((1, "tinh"), (2, "xa-b")):
            plan = {"id": number, "office": office, "year": 2026, "head": "{}", "digest": ""}
            await connection.execute(insert(plans).values(status="active", made_at=NOON, **plan))
            entry = {"id": number, "plan": number, "position": 1, "content": "Tin", "timing": "{}"}
            await connection.execute(insert(plan_entries).values(entry))
            days = dict.fromkeys(("period_start", "period_end", "due_on", "last_on"), "2026-11-20")
            slot = {"id": number, "entry": number, "number": 1, "status": "open", **days}
            await connection.execute(insert(slots).values(slot))
    made = await newsroom.create(a_wish(entry=1, slot=1))
    assert (made.entry, made.slot) == (1, 1)
    async with newsroom.database.reading() as connection:
        at = await slot_start(connection, made)
        assert at == datetime(2026, 11, 20, 8, 0, tzinfo=VIETNAM)
        assert await slot_start(connection, replace(made, slot=None)) is None
    for table, ended in ((slots, "dropped"), (slots, "done"), (plans, "replaced")):
        async with newsroom.database.writing() as connection:
            await connection.execute(update(slots).values(status="open"))
            await connection.execute(update(table).values(status=ended))
            assert await slot_start(connection, made) is None
    await refused(newsroom.create(a_wish(entry=2)), Refusal.OUTSIDE)
    await refused(newsroom.create(a_wish(slot=2)), Refusal.OUTSIDE)
    await refused(newsroom.create(a_wish(entry=1, slot=2)), Refusal.OUTSIDE)


async def test_a_draft_may_be_unfinished_but_not_of_no_kind(newsroom: Newsroom) -> None:
    await newsroom.create(a_wish(text=NewsText(title="", body="")))
    with pytest.raises(Unready, match="Không có loại tin “quang_cao”"):
        await newsroom.create(a_wish(kind="quang_cao"))
    for wrong in (a_wish("a\0b"), a_wish(variables={"gio": "\ud800"})):
        with pytest.raises(Unready, match="ký tự không đọc được"):
            await newsroom.create(wrong)
    with pytest.raises(Unready, match="Tiêu đề dài 400 ký tự"):
        await newsroom.create(a_wish(text=NewsText(title="a" * 400, body="b")))


HEAPED = "{cac_buoc}" * 900


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (NewsText(title="a", body=HEAPED), "Nội dung dài 3.600.000 ký tự, nhiều nhất 10.000"),
        (NewsText(title="a", body="b", depicted=HEAPED), "Lời tả ảnh dài 3.600.000 ký tự"),
        (NewsText(title="a", body="b", buttons=(Button(label=HEAPED, address=""),)), "Nút số 1"),
    ],
)
async def test_what_fills_a_gap_many_times_over_is_no_text(
    newsroom: Newsroom, text: NewsText, wrong: str
) -> None:
    with pytest.raises(Unready, match=wrong):
        await newsroom.create(a_wish(text=text, variables={"cac_buoc": "ờ" * 4000}))


async def test_news_wait_for_the_morning_and_urgent_news_do_not(newsroom: Newsroom) -> None:
    newsroom.clock.move(10 * HOUR)  # ten in the evening
    made = await newsroom.approved()
    schedule = await newsroom.start(made)
    assert schedule.next_due_at == datetime(2026, 11, 21, 6, 30, tzinfo=VIETNAM)
    assert await newsroom.tick() == 0
    storm = await newsroom.create(a_wish("Bão vào. Xin ở yên trong nhà.", urgent=True))
    await newsroom.start_urgent(storm)
    (run,) = await newsroom.occurrences(storm)
    assert (run.status, run.total) == (RunStatus.RUNNING, 3)
    assert await newsroom.tick(8 * HOUR + 31 * MINUTE) == 1
    assert len(await newsroom.ledger()) == 6


async def test_what_is_due_as_the_quiet_hours_begin_waits_for_their_end(
    newsroom: Newsroom,
) -> None:
    newsroom.clock.move(9 * HOUR)  # nine in the evening
    made = await newsroom.approved()
    await newsroom.start(made, starts_at=newsroom.clock.now() + 29 * MINUTE)
    assert await newsroom.tick(45 * MINUTE) == 1
    assert await newsroom.occurrences(made) == []
    assert await newsroom.tick(9 * HOUR) == 1
    (run,) = await newsroom.occurrences(made)
    assert (run.status, run.due_at) == (
        RunStatus.RUNNING,
        datetime(2026, 11, 21, 6, 30, tzinfo=VIETNAM),
    )


async def test_an_office_sets_its_own_quiet_hours(newsroom: Newsroom) -> None:
    value = {"from": "11:00", "to": "13:30"}
    newsroom.realm = a_realm(Entry(office="tinh", key="rule:quiet_hours", value=value))
    schedule = await newsroom.start(await newsroom.approved())
    assert schedule.next_due_at == datetime(2026, 11, 20, 13, 30, tzinfo=VIETNAM)


async def test_only_urgent_news_go_without_a_second_person(newsroom: Newsroom) -> None:
    calm = await newsroom.create()
    await refused(newsroom.start_urgent(calm), Refusal.NOT_URGENT)
    storm = await newsroom.create(a_wish("Lũ về, mời sang nhà văn hóa.", urgent=True))
    await refused(newsroom.start_urgent(storm, " "), Refusal.REASON)
    submitted = await newsroom.submit(storm)
    await refused(newsroom.approve(submitted, by=NAM), Refusal.OWN)
    await newsroom.withdraw(submitted)
    await newsroom.start_urgent(storm, "Lũ về trong đêm")
    assert (await newsroom.seen(storm)).status is BroadcastStatus.APPROVED
    assert (await newsroom.deeds())[-4:] == [
        "broadcast_submitted",
        "broadcast_approved",
        "broadcast_started",
        "run_begun",
    ]


async def test_an_edit_makes_no_text_urgent(newsroom: Newsroom) -> None:
    made = await newsroom.create()
    assert not (await newsroom.edit(made, a_wish(urgent=True))).urgent


async def test_the_same_words_within_two_days_are_asked_about(newsroom: Newsroom) -> None:
    first = await newsroom.approved()
    await newsroom.start(first)
    await newsroom.tick()
    other = await newsroom.approved(a_wish("Xã nghỉ Tết từ ngày 14/02!!"))
    with pytest.raises(Doubtful) as told:
        await newsroom.start(other)
    assert told.value.doubts.alike == (first.id,)
    assert f"bản tin số {first.id}" in str(told.value)
    with pytest.raises(Doubtful) as told:
        await newsroom.start(first)
    # Who starts it a second time is told so, and of no other news.
    assert (told.value.doubts.itself, told.value.doubts.alike) == (True, ())
    assert "Chính bản tin này" in str(told.value)
    assert "gần giống" not in str(told.value)
    await newsroom.start(other, starts_at=NOON + 3 * DAY)
    await newsroom.cancel(other)
    elsewhere = a_wish(office="xa-b", audience=Audience(offices=("xa-b",)))
    await newsroom.start(await newsroom.approved(elsewhere))
    await newsroom.start(first, Sure(again=True))


async def test_what_comes_daily_is_the_same_words_again(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    with pytest.raises(Doubtful):
        await newsroom.start(made, rrule="FREQ=DAILY")
    await newsroom.start(made, rrule="FREQ=WEEKLY")


async def test_the_same_words_meet_a_later_time_of_a_rule(newsroom: Newsroom) -> None:
    weekly = await newsroom.approved()
    await newsroom.start(weekly, starts_at=NOON + HOUR, rrule="FREQ=WEEKLY")
    once = await newsroom.approved()
    with pytest.raises(Doubtful) as told:
        await newsroom.start(once, starts_at=NOON + 15 * DAY)
    assert told.value.doubts.alike == (weekly.id,)
    await newsroom.start(once, starts_at=NOON + 17 * DAY)
    await newsroom.cancel(weekly)
    with pytest.raises(Doubtful) as told:
        await newsroom.start(weekly, starts_at=NOON + 3 * DAY, rrule="FREQ=WEEKLY")
    assert told.value.doubts.alike == (once.id,)


async def test_the_number_of_many_recipients_is_typed(newsroom: Newsroom) -> None:
    crowd = [a_reader(address=f"m{one}") for one in range(guards().threshold)]
    await subscribe_all(newsroom.database, [{**one, "id": 10 + n} for n, one in enumerate(crowd)])
    made = await newsroom.approved()
    for wrong in (None, guards().threshold, 0):
        with pytest.raises(Doubtful) as told:
            await newsroom.start(made, Sure(count=wrong))
        assert told.value.doubts.recipients == guards().threshold + 3
    await newsroom.start(made, Sure(count=guards().threshold + 3))


async def test_a_time_that_is_over_or_never_comes_is_refused(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await refused(newsroom.start(made, starts_at=NOON - HOUR), Refusal.PAST)
    saturday = datetime(2026, 11, 21, 8, 0, tzinfo=VIETNAM)
    await refused(newsroom.start(made, starts_at=saturday, off_days=OffDays.SKIP), Refusal.NEVER)
    with pytest.raises(BadRule):
        await newsroom.start(made, rrule="mỗi ngày")
    monday = await newsroom.start(made, starts_at=saturday, off_days=OffDays.NEXT)
    assert monday.next_due_at == saturday + 2 * DAY
    await refused(newsroom.start(made), Refusal.ALREADY)


async def test_a_rule_gives_one_run_after_the_other(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made, rrule="FREQ=WEEKLY;COUNT=2")
    for week in range(3):
        assert await newsroom.tick() == (week < 2)
        newsroom.clock.move(7 * DAY)
    dues = [one.due_at for one in await newsroom.occurrences(made)]
    assert dues == [NOON, NOON + 7 * DAY]
    assert [one.status for one in await newsroom.schedules(made)] == [ScheduleStatus.ENDED]


async def test_an_urgent_notice_to_very_many_leaves_their_ledger_to_the_clock(
    newsroom: Newsroom,
) -> None:
    storm = await newsroom.create(a_wish("Lũ về, mời sang nhà văn hóa.", urgent=True))
    await newsroom.start_urgent(storm, sure=Sure(count=PORTION + 1))
    assert await newsroom.ledger() == []
    assert await newsroom.tick() == 1
    assert len(await newsroom.ledger()) == 3


async def test_what_comes_again_comes_at_a_whole_minute(newsroom: Newsroom) -> None:
    newsroom.clock.move(timedelta(seconds=14, microseconds=3))
    made = await newsroom.approved()
    await newsroom.start(made, rrule="FREQ=WEEKLY")
    await newsroom.tick()
    await newsroom.tick(7 * DAY)
    dues = [one.due_at for one in await newsroom.occurrences(made)]
    assert dues == [NOON, NOON + 7 * DAY]


async def test_after_a_standstill_one_missed_time_waits_for_a_person(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made, rrule="FREQ=WEEKLY")
    assert await newsroom.tick(24 * DAY) == 1
    (missed,) = await newsroom.occurrences(made)
    assert (missed.status, missed.due_at) == (RunStatus.MISSED, NOON + 21 * DAY)
    assert await newsroom.ledger() == []
    (schedule,) = await newsroom.schedules(made)
    assert schedule.next_due_at == NOON + 28 * DAY
    await newsroom.start_missed(missed)
    assert len(await newsroom.ledger()) == 3
    with pytest.raises(RunMoved):
        await newsroom.start_missed(missed)
    assert (await newsroom.deeds())[-2:] == ["run_started", "run_begun"]


@pytest.mark.parametrize(
    ("off_days", "dues"),
    [
        (OffDays.SKIP, [14 * DAY]),
        (OffDays.NEXT, [10 * DAY, 14 * DAY]),
        (OffDays.KEEP, [7 * DAY, 14 * DAY]),
    ],
)
async def test_a_day_closed_after_all_was_scheduled_is_left_out_or_made_up_for(
    newsroom: Newsroom, off_days: OffDays, dues: list[timedelta]
) -> None:
    made = await newsroom.approved()
    sure = Sure(again=True)
    await newsroom.start(
        made, sure, starts_at=NOON + 7 * DAY, rrule="FREQ=WEEKLY", off_days=off_days
    )
    storm = replace(TET, first=(NOON + 7 * DAY).date(), last=(NOON + 7 * DAY).date())
    closed = Entry(office="xa", key=f"day:{storm.first}", value=day_value(storm))
    newsroom.realm = a_realm(closed)
    for _ in range(15):
        await newsroom.tick(DAY)
    assert [one.due_at - NOON for one in await newsroom.occurrences(made)] == dues


async def test_what_a_standstill_leaves_for_a_day_nobody_works_is_asked_of_a_person(
    newsroom: Newsroom,
) -> None:
    made = await newsroom.approved()
    evening = datetime(2026, 11, 20, 21, 0, tzinfo=VIETNAM)
    await newsroom.start(made, starts_at=evening, off_days=OffDays.SKIP)
    await newsroom.tick(evening + HOUR - NOON)
    (missed,) = await newsroom.occurrences(made)
    assert (missed.status, missed.due_at) == (RunStatus.MISSED, evening)


async def test_what_a_standstill_leaves_goes_on_when_the_office_works_again(
    newsroom: Newsroom,
) -> None:
    made = await newsroom.approved()
    evening = datetime(2026, 11, 20, 21, 0, tzinfo=VIETNAM)
    await newsroom.start(made, starts_at=evening, off_days=OffDays.NEXT)
    await newsroom.tick(evening + HOUR - NOON)
    assert await newsroom.occurrences(made) == []
    (waiting,) = await newsroom.schedules(made)
    assert waiting.next_due_at == datetime(2026, 11, 23, 6, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("grace", "late", "status"),
    [
        (30, 30 * MINUTE, RunStatus.RUNNING),
        (0, MINUTE, RunStatus.RUNNING),
        (0, MINUTE + timedelta(seconds=1), RunStatus.MISSED),
    ],
)
async def test_a_little_late_is_in_time_and_within_the_minute_always(
    newsroom: Newsroom, grace: int, late: timedelta, status: RunStatus
) -> None:
    made = await newsroom.approved()
    await newsroom.start(made, grace_minutes=grace)
    await newsroom.tick(late)
    (run,) = await newsroom.occurrences(made)
    assert run.status is status


async def test_what_was_missed_and_said_by_others_meanwhile_is_asked_about(
    newsroom: Newsroom,
) -> None:
    late = await newsroom.approved()
    await newsroom.start(late)
    await newsroom.tick(5 * HOUR)
    other = await newsroom.approved()
    await newsroom.start(other)
    await newsroom.tick()
    (missed,) = await newsroom.occurrences(late)
    with pytest.raises(Doubtful) as told:
        await newsroom.start_missed(missed)
    assert told.value.doubts.alike == (other.id,)
    assert len(await newsroom.ledger()) == 3
    await newsroom.start_missed(missed, again=True)
    assert len(await newsroom.ledger()) == 6


async def test_what_was_missed_goes_out_in_no_other_words(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made)
    await newsroom.tick(5 * HOUR)
    (missed,) = await newsroom.occurrences(made)
    await newsroom.edit(made, a_wish("Lời khác hẳn."))
    await refused(newsroom.start_missed(missed), Refusal.ELSEWHERE)
    (after,) = await newsroom.occurrences(made)
    assert after.status is RunStatus.CANCELLED


async def test_all_that_goes_out_or_will_is_called_off(newsroom: Newsroom) -> None:
    made = await newsroom.approved()
    await newsroom.start(made, rrule="FREQ=WEEKLY")
    await newsroom.tick()
    assert await newsroom.cancel(made) == CalledOff(schedules=1, runs=1, rows=3)
    assert [one.status for one in await newsroom.occurrences(made)] == [RunStatus.CANCELLED]
    assert await newsroom.tick(14 * DAY) == 0
    await refused(newsroom.cancel(made), Refusal.NOTHING)


async def test_offices_in_trial_write_to_their_guests_alone(newsroom: Newsroom) -> None:
    newsroom.realm = a_realm(Entry(office="xa", key="trial", value={"on": True, "code": "thu-1"}))
    await newsroom.start(await newsroom.approved())
    assert await newsroom.tick() == 1
    assert await newsroom.ledger() == []
