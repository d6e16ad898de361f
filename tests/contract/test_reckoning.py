"""After hours, days off or limits changed, every open case is due by them, and events say so."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.clock import VIETNAM
from bot.feedback.kinds import Kind
from bot.feedback.models import Case, CaseId, Event, Remark
from bot.feedback.moves import Author
from bot.handling import reckoning
from bot.handling.filing import Filing, Told
from bot.handling.reckoning import Reckoning
from bot.handling.sealing import Seals
from bot.officials.entry_values import day_value
from bot.officials.own_limits import OwnLimit
from bot.storage.case_rows import events_of, find_case
from bot.storage.database import Database
from bot.storage.feedback_tables import notices
from knowledge.models import DayOff, Snapshot, Source
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.filers import a_vault
from tests.fakes.known import Known

# Friday 20 November at noon: accepted by Monday 15:30 (8 working hours), answered in three days.
DUE = datetime(2026, 11, 27, 17, 30, tzinfo=VIETNAM)
CLOSED = DayOff(
    name="Diễn tập",
    first=date(2026, 11, 25),
    last=date(2026, 11, 25),
    source=Source(name="Thông báo", seen=date(2026, 11, 20)),
)


class Office:
    """An office with cases in a real database."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database, self.clock, self.known = database, clock, Known()
        self.reckoning = Reckoning(
            database=database, clock=clock, clockwork=lambda: self.known.clockwork
        )

    async def files(self, number: int = 1) -> CaseId:
        told = Told(
            office="xa",
            reference=f"PA7K2M4QX{number:02}",
            kind=Kind.REPORT,
            topic="moi_truong",
            words="rác đổ đầy đầu ngõ",
            at=self.clock.now(),
            address=a_citizen(str(number)),
        )
        filing = Filing(Seals(a_vault()), self.known.clockwork)
        async with self.database.writing() as connection:
            case, _ = await filing.file(connection, told)
        return case.id

    def confirms(self) -> None:
        for name, number, unit in (("ht_accept", 8, "wh"), ("ht_normal", 3, "wd")):
            own = OwnLimit(number=number, unit=unit, confirmed=True)
            self.known.set(f"deadline:{name}", own.value)

    async def case(self, number: CaseId) -> Case:
        async with self.database.reading() as connection:
            found = await find_case(connection, number)
        assert found is not None
        return found

    async def last(self, number: CaseId) -> Event:
        async with self.database.reading() as connection:
            return (await events_of(connection, number))[-1]

    async def owed(self) -> int:
        async with self.database.reading() as connection:
            owed = await connection.execute(select(func.count()).select_from(notices))
        return owed.scalar_one()


@pytest.fixture
def office(database: Database, clock: FrozenClock) -> Office:
    return Office(database, clock)


async def test_nothing_changes_where_nothing_changed(office: Office) -> None:
    number = await office.files()
    before = await office.case(number)
    assert before.due_at == DUE
    assert [await office.reckoning.reckon() for _ in range(2)] == [0, 0]
    assert await office.case(number) == before


async def test_a_closing_day_moves_what_is_due_and_only_who_was_told_a_day_hears_of_it(
    office: Office,
) -> None:
    number = await office.files()
    office.known.set("day:2026-11-25", day_value(CLOSED))
    assert await office.reckoning.reckon() == 1
    case, event = await office.case(number), await office.last(number)
    assert case.due_at == DUE + timedelta(days=3)
    assert (event.did, event.author, event.public) == (
        Remark.DUE_RECKONED,
        Author.CLOCK,
        False,
    )
    assert await office.owed() == 0
    office.confirms()
    assert await office.reckoning.reckon() == 0
    office.known.set("day:2026-11-26", {**day_value(CLOSED), "last": "2026-11-26"})
    assert await office.reckoning.reckon() == 1
    told = await office.last(number)
    assert told.public
    assert datetime.fromisoformat(told.data["due"]) == DUE + timedelta(days=4)
    assert await office.owed() == 1


async def test_what_is_overdue_stays_so(office: Office, clock: FrozenClock) -> None:
    number = await office.files()
    clock.move(DUE - clock.now() + timedelta(minutes=1))
    longer = OwnLimit(number=30, unit="wd", confirmed=True)
    office.known.set("deadline:ht_normal", longer.value)
    assert await office.reckoning.reckon() == 0
    assert (await office.case(number)).due_at == DUE


async def test_hours_told_at_last_make_cases_due(office: Office) -> None:
    snapshot = office.known.snapshot
    office.known.snapshot = Snapshot()
    number = await office.files()
    assert (await office.case(number)).due_at is None
    office.known.snapshot = snapshot
    assert await office.reckoning.reckon() == 1
    assert (await office.case(number)).due_at == DUE


async def test_many_cases_are_looked_at_in_portions(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reckoning, "AT_ONCE", 2)
    for number in range(5):
        await office.files(number)
    office.known.set("day:2026-11-25", day_value(CLOSED))
    assert [await office.reckoning.reckon() for _ in range(4)] == [2, 2, 1, 0]
