"""Officers who write, approve and start news of a small realm, each act in a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from bot.casework.deeds import acting
from bot.newsroom import approving, scheduling, urgency, writing
from bot.newsroom.carrying_out import carry_out
from bot.newsroom.deployment import UNBOUND, Deployment
from bot.newsroom.dispatch import dispatch
from bot.newsroom.realm import Realm
from bot.newsroom.scheduling import CalledOff, Sure
from bot.officials.audit import By
from bot.officials.office_entries import Entry, Stood
from bot.storage.broadcast_rows import find_broadcast, find_version
from bot.storage.broadcast_tables import deliveries, runs
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.occurrence_rows import occurrences_of
from bot.storage.schedule_rows import schedules_of
from broadcasts.models import Audience, NewsText
from broadcasts.schedule.models import Occurrence, Schedule, Timetable
from broadcasts.texts import Broadcast, Version, Wish
from knowledge.models import DayOff, Office, OfficeCode, Snapshot, Source
from tests.conftest import FrozenClock

NAM = By(officer=7, actor="Nguyễn Văn Nam", address="10.0.0.1")
HOA = By(officer=8, actor="Trần Thị Hoa", address="10.0.0.2")
TET = DayOff(
    name="Tết",
    first=date(2027, 2, 4),
    last=date(2027, 2, 10),
    source=Source(name="Thông báo", url="https://xa.vn", seen=date(2026, 11, 1)),
)
UNSURE = Sure()
OFFICES = (
    Office(code=OfficeCode("tinh"), name="UBND tỉnh", province="01", phone="0200 000 001"),
    Office(
        code=OfficeCode("xa"),
        name="UBND xã An",
        province="01",
        parent=OfficeCode("tinh"),
        address="Thôn Một",
        phone="0200 000 002",
    ),
    Office(code=OfficeCode("thon"), name="Thôn Một", province="01", parent=OfficeCode("xa")),
    Office(code=OfficeCode("xa-b"), name="UBND xã Bình", province="01", parent=OfficeCode("tinh")),
)


def a_realm(*entries: Entry, deployment: Deployment = UNBOUND) -> Realm:
    snapshot = Snapshot(procedures=(), offices=OFFICES, days_off=(TET,))
    return Realm.of(snapshot, Stood(entries=entries), deployment=deployment)


def a_wish(body: str = "Xã nghỉ Tết từ ngày 14/02.", **changes: Any) -> Wish:
    wish = Wish(
        office="xa",
        kind="khac",
        text=NewsText(title="Nghỉ Tết", body=body),
        audience=Audience(offices=("xa",)),
    )
    return replace(wish, **changes)


class Newsroom:
    """What officers and the clock do with news."""

    def __init__(self, database: Database, clock: FrozenClock, realm: Realm) -> None:
        self.database = database
        self.clock = clock
        self.realm = realm

    async def create(self, wish: Wish | None = None, by: By = NAM) -> Broadcast:
        async with acting(self.database, self.clock, by) as doing:
            return await writing.create(doing, self.realm, wish or a_wish())

    async def edit(self, one: Broadcast, wish: Wish, by: By = NAM, **more: Any) -> Broadcast:
        async with acting(self.database, self.clock, by) as doing:
            return await writing.edit(doing, self.realm, one.id, wish, **more)

    async def drop(self, one: Broadcast, by: By = NAM) -> Broadcast:
        async with acting(self.database, self.clock, by) as doing:
            return await writing.drop(doing, one.id)

    async def submit(self, one: Broadcast, by: By = NAM) -> Broadcast:
        async with acting(self.database, self.clock, by) as doing:
            return await approving.submit(doing, self.realm, one.id)

    async def approve(self, one: Broadcast, by: By = HOA, **more: Any) -> Broadcast:
        async with acting(self.database, self.clock, by) as doing:
            return await approving.approve(doing, one.id, **more)

    async def give_back(self, one: Broadcast, note: str, by: By = HOA) -> Broadcast:
        async with acting(self.database, self.clock, by) as doing:
            return await approving.return_for_changes(doing, one.id, note)

    async def withdraw(self, one: Broadcast, by: By = NAM) -> Broadcast:
        async with acting(self.database, self.clock, by) as doing:
            return await approving.withdraw(doing, one.id)

    async def approved(self, wish: Wish | None = None) -> Broadcast:
        return await self.approve(await self.submit(await self.create(wish)))

    async def start(
        self,
        one: Broadcast,
        sure: Sure = UNSURE,
        by: By = HOA,
        **when: Any,
    ) -> Schedule:
        table = Timetable(**{"starts_at": self.clock.now(), **when})
        async with acting(self.database, self.clock, by) as doing:
            return await scheduling.start(doing, self.realm, one.id, table, sure)

    async def start_urgent(
        self,
        one: Broadcast,
        reason: str = "bão",
        sure: Sure = UNSURE,
        by: By = NAM,
    ) -> Schedule:
        async with acting(self.database, self.clock, by) as doing:
            return await urgency.start_urgent(doing, self.realm, one.id, reason, sure)

    async def cancel(self, one: Broadcast, by: By = HOA) -> CalledOff:
        async with acting(self.database, self.clock, by) as doing:
            return await scheduling.cancel(doing, one.id)

    async def start_missed(self, one: Occurrence, by: By = HOA, *, again: bool = False) -> None:
        async with acting(self.database, self.clock, by) as doing:
            await scheduling.start_missed(doing, self.realm, one.run, again=again)
        await carry_out(self.database, self.clock, lambda: self.realm)

    async def tick(self, after: timedelta = timedelta()) -> int:
        self.clock.move(after)
        return await dispatch(self.database, self.clock, lambda: self.realm)

    async def seen(self, one: Broadcast) -> Broadcast:
        async with self.database.reading() as connection:
            found = await find_broadcast(connection, one.id)
        assert found
        return found

    async def version(self, one: Broadcast, number: int) -> Version:
        async with self.database.reading() as connection:
            found = await find_version(connection, one.id, number)
        assert found
        return found

    async def schedules(self, one: Broadcast) -> Sequence[Schedule]:
        async with self.database.reading() as connection:
            return await schedules_of(connection, one.id)

    async def occurrences(self, one: Broadcast) -> Sequence[Occurrence]:
        async with self.database.reading() as connection:
            return await occurrences_of(connection, one.id)

    async def ledger(self) -> list[tuple[int, str]]:
        """The version and the address of every delivery there is."""
        wanted = select(runs.c.version, deliveries.c.address).join(
            runs, runs.c.id == deliveries.c.run
        )
        async with self.database.reading() as connection:
            rows = await connection.execute(wanted.order_by(deliveries.c.id))
            return [(row.version, row.address) for row in rows]

    async def deeds(self) -> list[str]:
        async with self.database.reading() as connection:
            told = select(audit_entries.c.action).order_by(audit_entries.c.seq)
            return list((await connection.execute(told)).scalars())
