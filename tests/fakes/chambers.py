"""An office that works on cases, over a real database: officers, units, citizens who wait."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from sqlalchemy import Table, select

from bot.casework.deeds import Acting, acting
from bot.conversation.desk import Desk
from bot.feedback.models import Case, CaseId, Contact, Event, Source, UnitId
from bot.feedback.reference import new_reference
from bot.handling.assigning import Post, assign, begin
from bot.handling.bureau import Bureau
from bot.handling.doing import held
from bot.handling.filing import Filing, Told
from bot.handling.sealing import Seals
from bot.officials.audit import By
from bot.officials.models import OfficerId, Role
from bot.officials.office_entries import Entry, Stood
from bot.storage.case_rows import events_of, find_case
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.feedback_tables import notices
from bot.storage.officer_rows import NewOfficer, add_officer, set_grants
from bot.storage.talk_case_rows import follow
from bot.storage.unit_rows import UnitWish, add_unit
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.console import HERE, LITTLE, little_desk
from tests.fakes.filers import a_vault
from tests.fakes.plain_clockwork import PlainClockwork

RUBBISH = "rác đổ đầy đầu ngõ mấy hôm nay"
Act = Callable[[Acting, Case], Awaitable[Any]]


@cache
def _desk(office: str) -> Desk:
    return little_desk(office=office)


@dataclass
class Desks:
    """Each office's desk under what is set."""

    stood: Stood = field(default_factory=Stood)
    laid_out: dict[str, tuple[Stood, Desk]] = field(default_factory=dict)

    def speaking_as(self, office: str) -> Desk:
        stood, desk = self.laid_out.get(office, (None, None))
        if desk is None or stood is not self.stood:
            desk = _desk(office).under(self.stood)
            self.laid_out[office] = (self.stood, desk)
        return desk


@dataclass
class Chamber:
    """The office ``HERE`` with a unit: LAN heads it, MINH works in it, HOA approves, NAM leads."""

    database: Database
    clock: FrozenClock
    desks: Desks = field(default_factory=Desks)
    officers: dict[str, OfficerId] = field(default_factory=dict)
    unit: UnitId = field(init=False)
    bureau: Bureau = field(init=False)

    def __post_init__(self) -> None:
        self.bureau = Bureau(
            clockwork=PlainClockwork(),
            seals=Seals(a_vault()),
            desks=self.desks,
            offices=LITTLE.offices,
        )

    async def open(self) -> Chamber:
        staff = {
            "lan": Role.PREPARER,
            "minh": Role.PREPARER,
            "hoa": Role.APPROVER,
            "nam": Role.LEADER,
        }
        for login, role in staff.items():
            await self.hire(login, role)
        people = frozenset({self.officers["lan"], self.officers["minh"]})
        wish = UnitWish(
            office=HERE,
            name="Phòng Kinh tế",
            head=self.officers["lan"],
            topics=("moi_truong",),
            members=people,
        )
        async with self.database.writing() as connection:
            self.unit = await add_unit(connection, wish)
        return self

    async def hire(self, login: str, role: Role, office: str = HERE) -> OfficerId:
        async with self.database.writing() as connection:
            new = NewOfficer(login=login, name=login.capitalize(), office=office)
            number = await add_officer(connection, new, at=self.clock.now())
            await set_grants(connection, number, [(role, office)], at=self.clock.now())
        self.officers[login] = number
        return number

    def set(self, key: str, **value: object) -> None:
        entries = (*self.desks.stood.entries, Entry(office=HERE, key=key, value=value))
        self.desks.stood = replace(self.desks.stood, entries=entries)

    async def filed(self, who: str = "", **told: Any) -> Case:
        """File a case of ``who``; without one somebody came to the desk."""
        whole: dict[str, Any] = {
            "office": HERE,
            "reference": new_reference(),
            "kind": "phan_anh",
            "regime": "phan_anh_hien_truong",
            "topic": "moi_truong",
            "words": RUBBISH,
            "at": self.clock.now(),
            "source": Source.CHAT if who else Source.DESK,
            "address": a_citizen(who) if who else None,
            "contact": Contact(),
        }
        filing = Filing(self.bureau.seals, self.bureau.clockwork)
        async with self.database.writing() as connection:
            case, _ = await filing.file(connection, Told(**whole | told))
        return case

    async def followed(self, case: Case, who: str) -> None:
        async with self.database.writing() as connection:
            await follow(connection, case.id, a_citizen(who), self.clock.now())

    def by(self, login: str) -> By:
        return By(officer=self.officers[login], actor=login)

    async def does(self, login: str, case: Case, act: Act) -> Any:
        """Let an officer do something to a case as it is now."""
        async with acting(self.database, self.clock, self.by(login)) as doing:
            return await act(doing, await held(doing, case.id))

    async def assigned(self, who: str = "7", **told: Any) -> Case:
        """File a case and give it to the unit."""
        case = await self.filed(who, **told)
        to = Post(unit=self.unit, officer=self.officers["minh"])
        given: Case = await self.does("hoa", case, lambda d, c: assign(d, self.bureau, c, to))
        return given

    async def begun(self, who: str = "7", **told: Any) -> Case:
        """File a case, give it to the unit, and let MINH begin."""
        case = await self.assigned(who, **told)
        started: Case = await self.does("minh", case, begin)
        return started

    async def now(self, case: Case) -> Case:
        async with self.database.reading() as connection:
            found = await find_case(connection, CaseId(case.id))
        assert found is not None
        return found

    async def events(self, case: Case) -> tuple[Event, ...]:
        async with self.database.reading() as connection:
            return await events_of(connection, case.id)

    async def rows(self, table: Table) -> list[Any]:
        async with self.database.reading() as connection:
            return list(await connection.execute(select(table)))

    async def owed(self) -> list[tuple[int, int, str]]:
        """Give each notice as case, version, person."""
        return sorted((one.case, one.version, one.user_id) for one in await self.rows(notices))

    async def deeds(self) -> list[str]:
        return [one.action for one in await self.rows(audit_entries)]
