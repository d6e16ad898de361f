"""An issued plan taken in, put in force, mended: alike in both databases, each act remembered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import insert, select

from bot.casework.deeds import COMMAND_LINE, acting
from bot.newsroom.plan_drafts import PlanInUse, drop, read_again
from bot.newsroom.planning import (
    NoSuchPlan,
    Outcome,
    PlanMoved,
    TakenIn,
    mend_entry,
    mend_head,
    put_in_force,
    take_in,
)
from bot.storage import plan_rows
from bot.storage.broadcast_rows import add_broadcast
from bot.storage.broadcast_tables import broadcast_versions
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.evidence_rows import Evidence, EvidenceKind, add_evidence
from bot.storage.file_rows import NewFile, file_heads, store_file
from bot.storage.plan_rows import Head, Issued, PlanStatus, StoredEntry, StoredPlan
from bot.storage.slot_change_rows import add_slot
from bot.storage.slot_rows import slots_of_entries
from broadcasts.calendar import Proposal
from broadcasts.models import Audience, NewsText
from broadcasts.plans.comparing import Change
from broadcasts.plans.models import Entry, EntryKind, Plan, PlanReaders
from broadcasts.plans.words import flag
from broadcasts.texts import Wish
from broadcasts.timing import Period, Timing, TimingKind, read_timing
from broadcasts.timing.wire import timing_from_json
from tests.conftest import FrozenClock

OFFICE = "mau-xa"
EVERY_QUARTER = read_timing("01 lần/quý", year=2026)


def an_entry(no: str, content: str, time: str = "Quý II", **told: object) -> Entry:
    timing = read_timing(time, year=2026)
    entry = Entry(
        no=no, kind=EntryKind.ACTIVITY, content=content, source=f"bảng 1, dòng {no}",
        timing=timing, time_text=time, lead=("Phòng Nội vụ",),
    )  # fmt: skip
    return replace(entry, **told)  # type: ignore[arg-type]


def a_plan(*entries: Entry) -> Plan:
    return Plan(
        year=2026, number="9/KH-UBND", date=date(2026, 1, 5), issuer="UBND xã", title="Kế hoạch",
        basis=(), purposes=(), audiences=(), forms=(), entries=entries, duties=(),
        flags=(flag("no_forms"),), coverage=(),
    )  # fmt: skip


WHOLE = a_plan(
    an_entry(
        "1", "Hội thi\nHội nghị",
        timing=Timing(kind=TimingKind.UNCLEAR),
        entries=(an_entry("1.1", "Hội thi"), an_entry("1.2", "Hội nghị", "Quý IV")),
    ),
    an_entry("2", "Phát loa", "02 bài/tuần", audience=PlanReaders.CITIZEN, note="sáng, chiều"),
)  # fmt: skip


class Desk:
    """Acts of one officer upon one database."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock

    async def take_in(self, plan: Plan, digest: str, *, replace: bool = False) -> TakenIn:
        async with acting(self.database, self.clock, COMMAND_LINE) as doing:
            return await take_in(
                doing, plan, Issued(office=OFFICE, digest=digest), replace=replace
            )

    async def put_in_force(self, plan: int) -> None:
        async with acting(self.database, self.clock, COMMAND_LINE) as doing:
            await put_in_force(doing, plan)

    async def mend(self, entry: int, **fields: object) -> None:
        async with acting(self.database, self.clock, COMMAND_LINE) as doing:
            await mend_entry(doing, entry, fields)

    async def plan(self, plan: int) -> StoredPlan:
        async with self.database.reading() as connection:
            found = await plan_rows.find_plan(connection, plan)
        assert found is not None
        return found

    async def entries(self, plan: int) -> list[StoredEntry]:
        async with self.database.reading() as connection:
            return await plan_rows.entries_of(connection, plan)

    async def deeds(self) -> list[str]:
        async with self.database.reading() as connection:
            wanted = select(audit_entries.c.action).order_by(audit_entries.c.seq)
            return list((await connection.execute(wanted)).scalars())


@pytest.fixture
def desk(database: Database, clock: FrozenClock) -> Desk:
    return Desk(database, clock)


async def test_a_plan_is_stored_with_its_entries_and_those_below(desk: Desk) -> None:
    taken = await desk.take_in(WHOLE, "a")
    assert taken.outcome is Outcome.STORED
    stored = await desk.plan(taken.plan)
    assert (stored.office, stored.year, stored.number) == (OFFICE, 2026, "9/KH-UBND")
    assert (stored.issued_on, stored.status) == ("2026-01-05", PlanStatus.DRAFT)
    assert stored.head["flags"][0]["code"] == "no_forms"
    entries = await desk.entries(taken.plan)
    assert [one.no for one in entries] == ["1", "1.1", "1.2", "2"]
    assert [one.parent for one in entries] == [None, entries[0].id, entries[0].id, None]
    last = entries[3]
    assert (last.audience, last.note, last.lead) == ("citizen", "sáng, chiều", ("Phòng Nội vụ",))
    assert timing_from_json(last.timing) == read_timing("02 bài/tuần", year=2026)
    assert await desk.deeds() == ["plan_imported"]


async def test_the_same_document_again_changes_nothing(desk: Desk) -> None:
    first = await desk.take_in(WHOLE, "a")
    again = await desk.take_in(WHOLE, "a")
    assert (again.outcome, again.plan) == (Outcome.UNCHANGED, first.plan)
    assert await desk.deeds() == ["plan_imported"]


async def test_another_document_takes_the_place_of_a_draft_nobody_worked_on(desk: Desk) -> None:
    first = await desk.take_in(WHOLE, "a")
    second = await desk.take_in(a_plan(an_entry("2", "Phát loa", "01 bài/tuần")), "b")
    assert second.outcome is Outcome.REPLACED
    assert (await desk.plan(first.plan)).status is PlanStatus.REPLACED
    assert (await desk.plan(second.plan)).status is PlanStatus.DRAFT
    told = {(one.change, one.no): one.fields for one in second.differences}
    assert told[Change.CHANGED, "2"] == ("time_text", "note")
    assert {no for change, no in told if change is Change.REMOVED} == {"1", "1.1", "1.2"}
    assert await desk.deeds() == ["plan_imported", "plan_replaced", "plan_imported"]


async def test_a_plan_of_another_name_takes_no_drafts_place_unasked(desk: Desk) -> None:
    first = await desk.take_in(WHOLE, "a")
    other = replace(a_plan(an_entry("1", "Hội thi")), number="10/KH-UBND", title="Kế hoạch khác")
    asked = await desk.take_in(other, "b")
    assert (asked.outcome, asked.plan) == (Outcome.ASKED, first.plan)
    assert (await desk.plan(first.plan)).status is PlanStatus.DRAFT
    renamed = replace(other, number="9/KH-UBND")
    assert (await desk.take_in(renamed, "c")).outcome is Outcome.REPLACED


async def test_what_people_did_is_not_lost_without_asking(desk: Desk) -> None:
    first = await desk.take_in(WHOLE, "a")
    entry = (await desk.entries(first.plan))[3]
    await desk.mend(entry.id, time_text="01 lần/quý", lead=["Đài Truyền thanh"])
    asked = await desk.take_in(a_plan(an_entry("2", "Phát loa")), "b")
    assert (asked.outcome, asked.plan) == (Outcome.ASKED, first.plan)
    assert [one.no for one in asked.differences if one.by_hand] == ["2"]
    assert (await desk.plan(first.plan)).status is PlanStatus.DRAFT
    taken = await desk.take_in(a_plan(an_entry("2", "Phát loa")), "b", replace=True)
    assert taken.outcome is Outcome.REPLACED
    assert (await desk.entries(first.plan))[3].lead == ("Đài Truyền thanh",)


async def test_a_head_that_was_mended_is_not_lost_without_asking(desk: Desk) -> None:
    first = await desk.take_in(WHOLE, "a")
    mended = Head(number="9/KH-UBND", issued_on="2026-01-05", issuer="UBND xã Mẫu", title="CCHC")
    async with acting(desk.database, desk.clock, COMMAND_LINE) as doing:
        await mend_head(doing, first.plan, mended)
    again = replace(WHOLE, number="9/KH-UBND", title="CCHC")
    assert (await desk.take_in(again, "b")).outcome is Outcome.ASKED
    assert (await desk.plan(first.plan)).status is PlanStatus.DRAFT


async def test_a_plan_in_force_counts_until_the_next_is_put_in_force(desk: Desk) -> None:
    first = await desk.take_in(WHOLE, "a")
    await desk.put_in_force(first.plan)
    assert (await desk.take_in(a_plan(), "b")).outcome is Outcome.ASKED
    second = await desk.take_in(a_plan(), "b", replace=True)
    assert (await desk.plan(first.plan)).status is PlanStatus.IN_FORCE
    await desk.put_in_force(second.plan)
    assert (await desk.plan(first.plan)).status is PlanStatus.REPLACED
    assert (await desk.plan(second.plan)).status is PlanStatus.IN_FORCE


async def test_only_a_draft_is_put_in_force(desk: Desk) -> None:
    taken = await desk.take_in(WHOLE, "a")
    await desk.put_in_force(taken.plan)
    with pytest.raises(PlanMoved):
        await desk.put_in_force(taken.plan)
    assert (await desk.plan(taken.plan)).status is PlanStatus.IN_FORCE
    with pytest.raises(NoSuchPlan):
        await desk.put_in_force(taken.plan + 1)


async def test_mending_writes_only_what_changed_and_is_remembered(desk: Desk) -> None:
    taken = await desk.take_in(WHOLE, "a")
    entry = (await desk.entries(taken.plan))[3]
    await desk.mend(entry.id, note="sáng, chiều")
    assert (await desk.entries(taken.plan))[3].edited_at is None
    await desk.mend(entry.id, note="tối", flags=[])
    mended = (await desk.entries(taken.plan))[3]
    assert (mended.note, mended.edited_at) == ("tối", desk.clock.now())
    assert await desk.deeds() == ["plan_imported", "entry_mended"]
    with pytest.raises(NoSuchPlan):
        await desk.mend(entry.id + 99, note="x")


async def test_plans_of_one_office_and_year_only_meet_each_other(desk: Desk) -> None:
    await desk.take_in(WHOLE, "a")
    other = await desk.take_in(replace(WHOLE, year=2027), "a")
    assert other.outcome is Outcome.STORED


FILE = NewFile(
    office=OFFICE, name="ke-hoach.docx", media="application/octet-stream", content=b"PK"
)


async def a_draft(desk: Desk, plan: Plan = WHOLE, digest: str = "a") -> tuple[int, int]:
    """Store a plan with its file; give both ids."""
    async with acting(desk.database, desk.clock, COMMAND_LINE) as doing:
        file = await store_file(doing.connection, FILE, at=doing.now, by=None)
        issued = Issued(office=OFFICE, digest=digest, file=file)
        return (await take_in(doing, plan, issued)).plan, file


async def dropped(desk: Desk, plan: int) -> None:
    async with acting(desk.database, desk.clock, COMMAND_LINE) as doing:
        await drop(doing, plan, reason="Đọc nhầm tệp")


async def has_file(desk: Desk, file: int) -> bool:
    async with desk.database.reading() as connection:
        return bool(await file_heads(connection, [file]))


async def test_a_draft_is_dropped_with_its_entries_times_and_file(desk: Desk) -> None:
    plan, file = await a_draft(desk)
    entry = (await desk.entries(plan))[3].id
    day = date(2026, 5, 4)
    async with desk.database.writing() as connection:
        wish = Proposal(span=Period(day, day), number=1, due_on=day, last_on=day)
        await add_slot(connection, entry, wish)
    await dropped(desk, plan)
    async with desk.database.reading() as connection:
        assert await plan_rows.find_plan(connection, plan) is None
        assert await slots_of_entries(connection, [entry]) == ()
    assert (await desk.entries(plan), await has_file(desk, file)) == ([], False)
    assert await desk.deeds() == ["plan_imported", "plan_dropped"]
    with pytest.raises(NoSuchPlan):
        await dropped(desk, plan)


async def test_the_numbers_of_what_was_dropped_are_not_given_again(desk: Desk) -> None:
    day = date(2026, 5, 4)
    wish = Proposal(span=Period(day, day), number=1, due_on=day, last_on=day)
    given = []
    for _ in range(2):
        plan, _ = await a_draft(desk)
        entry = (await desk.entries(plan))[3].id
        async with desk.database.writing() as connection:
            given.append((plan, entry, await add_slot(connection, entry, wish)))
        await dropped(desk, plan)
    assert all(one != other for one, other in zip(*given, strict=True))


async def test_what_counts_or_counted_and_what_has_evidence_is_not_dropped(desk: Desk) -> None:
    plan, file = await a_draft(desk)
    await desk.put_in_force(plan)
    with pytest.raises(PlanMoved):
        await dropped(desk, plan)
    other, _ = await a_draft(desk, replace(WHOLE, year=2027), "b")
    async with desk.database.writing() as connection:
        piece = Evidence(
            id=0, entry=(await desk.entries(other))[0].id, slot=None, kind=EvidenceKind.LINK,
            title="Bài", url="https://a.vn", file=None, happened_on=date(2027, 1, 4),
            made_at=desk.clock.now(), made_by=None,
        )  # fmt: skip
        await add_evidence(connection, piece)
    with pytest.raises(PlanInUse):
        await dropped(desk, other)
    assert len(await desk.entries(plan)) == len(await desk.entries(other)) == 4
    assert await has_file(desk, file)


async def test_a_draft_with_a_time_for_which_a_text_is_written_is_not_dropped(desk: Desk) -> None:
    plan, _ = await a_draft(desk)
    day, entry = date(2026, 5, 4), (await desk.entries(plan))[0].id
    async with desk.database.writing() as connection:
        wish = Proposal(span=Period(day, day), number=1, due_on=day, last_on=day)
        slot = await add_slot(connection, entry, wish)
        audience, text = Audience(offices=(OFFICE,)), NewsText(title="Tin", body="Tin")
        told = Wish(office=OFFICE, kind="khac", text=text, audience=audience, slot=slot)
        await add_broadcast(connection, told, author=1, at=desk.clock.now())
    with pytest.raises(PlanInUse):
        await dropped(desk, plan)


async def test_a_file_that_is_handed_in_again_meanwhile_outlives_the_draft(desk: Desk) -> None:
    plan, _ = await a_draft(desk)
    async with acting(desk.database, desk.clock, COMMAND_LINE) as doing:
        file = await store_file(doing.connection, FILE, at=doing.now, by=None)
        dropping = asyncio.create_task(dropped(desk, plan))
        await asyncio.sleep(0.1)
        await take_in(
            doing, replace(WHOLE, year=2027), Issued(office=OFFICE, digest="a", file=file)
        )
    await dropping
    assert await has_file(desk, file)


async def test_a_file_that_a_text_shows_outlives_the_draft(desk: Desk) -> None:
    plan, file = await a_draft(desk)
    async with desk.database.writing() as connection:
        values = {
            "broadcast": 1, "version": 1, "title": "Tin", "body": "Tin", "audience": "{}",
            "parts": f'{{"picture":null,"files":[{file}]}}', "digest": "d",
            "made_at": desk.clock.now(),
        }  # fmt: skip
        await connection.execute(insert(broadcast_versions).values(values))
    await dropped(desk, plan)
    assert await has_file(desk, file)


async def test_a_draft_read_again_for_its_year_leaves_nothing_of_the_other(desk: Desk) -> None:
    plan, file = await a_draft(desk)
    draft = await desk.plan(plan)
    async with acting(desk.database, desk.clock, COMMAND_LINE) as doing:
        taken = await read_again(doing, draft, replace(WHOLE, year=2027), reason="Năm 2027")
    made = await desk.plan(taken.plan)
    assert (made.year, made.status, made.file) == (2027, PlanStatus.DRAFT, file)
    assert await has_file(desk, file)
    async with desk.database.reading() as connection:
        assert await plan_rows.plans_of(connection, OFFICE, 2026) == []


async def test_a_draft_stays_where_the_plan_of_its_year_is_to_be_asked_about(desk: Desk) -> None:
    counting, _ = await a_draft(desk, replace(WHOLE, year=2027), "b")
    await desk.put_in_force(counting)
    plan, _ = await a_draft(desk)
    async with acting(desk.database, desk.clock, COMMAND_LINE) as doing:
        again = replace(WHOLE, year=2027)
        taken = await read_again(doing, await desk.plan(plan), again, reason="Năm 2027")
    assert (taken.outcome, taken.plan) == (Outcome.ASKED, counting)
    assert (await desk.plan(plan)).status is PlanStatus.DRAFT
