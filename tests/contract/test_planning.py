"""An issued plan taken in, put in force, mended: alike in both databases, each act remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from bot.casework.deeds import COMMAND_LINE, acting
from bot.newsroom.planning import (
    NoSuchPlan,
    Outcome,
    PlanMoved,
    TakenIn,
    mend_entry,
    put_in_force,
    take_in,
)
from bot.storage import plan_rows
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.plan_rows import Issued, PlanStatus, StoredEntry, StoredPlan
from broadcasts.plans.comparing import Change
from broadcasts.plans.models import Entry, EntryKind, Plan, PlanReaders
from broadcasts.plans.words import flag
from broadcasts.timing import Timing, TimingKind, read_timing
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
