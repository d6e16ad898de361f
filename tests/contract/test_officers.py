"""Accounts are made, given roles and switched off within bounds, and each act is remembered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from bot.casework.deeds import acting
from bot.console.people import officers
from bot.console.people.officers import NoSuchOfficer, Particulars
from bot.officials.audit import By, told_of
from bot.officials.keeping import Bar, Barred, Keeper
from bot.officials.models import EVERYWHERE, Grant, OfficerId, Role, Session, Stage
from bot.officials.tree import OfficeTree
from bot.storage import audit_rows
from bot.storage.database import Database
from bot.storage.officer_rows import NewOfficer, find_officer, grants_of
from bot.storage.people_tables import sessions
from bot.storage.session_rows import begin_session
from tests.conftest import NOON, FrozenClock

TREE = OfficeTree({"tinh": "", "xa-a": "tinh", "xa-b": "tinh"})
SHELL = Keeper(officer=None, tree=TREE)
BY = By(officer=1, actor="Nam")
Did = Callable[..., Awaitable[None]]
STAFF = {"root": "", "admin-a": "xa-a", "lan-a": "xa-a", "hoa-b": "xa-b"}


class Staff:
    """Four people: administrators of all and of xa-a, an officer each of xa-a and xa-b."""

    def __init__(self, database: Database, clock: FrozenClock) -> None:
        self.database = database
        self.clock = clock
        self.ids: dict[str, OfficerId] = {}

    async def settle(self) -> None:
        async with acting(self.database, self.clock, BY) as doing:
            for login, office in STAFF.items():
                new = NewOfficer(login=login, name=login, office=office)
                self.ids[login] = await officers.add(doing, SHELL, new)
        await self.give("root", Role.ADMINISTRATOR, EVERYWHERE)
        await self.give("admin-a", Role.ADMINISTRATOR, "xa-a")

    def grant(self, login: str, role: Role, office: str) -> Grant:
        return Grant(officer=self.ids[login], role=role, office=office)

    async def give(self, login: str, role: Role, office: str, by: Keeper = SHELL) -> bool:
        async with acting(self.database, self.clock, BY) as doing:
            return await officers.give(doing, by, self.grant(login, role, office))

    async def take(self, login: str, role: Role, office: str, by: Keeper = SHELL) -> bool:
        async with acting(self.database, self.clock, BY) as doing:
            return await officers.take(doing, by, self.grant(login, role, office))

    async def off(self, login: str, by: Keeper = SHELL) -> bool:
        async with acting(self.database, self.clock, BY) as doing:
            return await officers.switch_off(doing, by, self.ids[login], "nghỉ hưu")

    async def on(self, login: str, by: Keeper = SHELL) -> bool:
        async with acting(self.database, self.clock, BY) as doing:
            return await officers.switch_on(doing, by, self.ids[login], "đi làm lại")

    async def keeper(self, login: str) -> Keeper:
        async with self.database.reading() as connection:
            granted = await grants_of(connection, [self.ids[login]])
        return Keeper(officer=self.ids[login], grants=granted[self.ids[login]], tree=TREE)

    async def enters(self, login: str) -> None:
        session = Session(
            id=int(self.ids[login]), officer=self.ids[login], stage=Stage.FULL, began_at=NOON,
            seen_at=NOON, until=NOON, address="", agent="", sure_at=None,
        )  # fmt: skip
        async with self.database.writing() as connection:
            await begin_session(connection, session, f"hash of {login}")

    async def inside(self) -> int:
        async with self.database.reading() as connection:
            counted = await connection.execute(select(func.count()).select_from(sessions))
            return counted.scalar_one()

    async def deeds(self) -> list[str]:
        async with self.database.reading() as connection:
            return [one.action for one in await audit_rows.following(connection, None, 99)]


@pytest.fixture
async def staff(database: Database, clock: FrozenClock) -> Staff:
    made = Staff(database, clock)
    await made.settle()
    return made


async def test_an_account_is_made_once(staff: Staff) -> None:
    async with acting(staff.database, staff.clock, BY) as doing:
        again = NewOfficer(login="root", name="Người khác", office="xa-a")
        with pytest.raises(Barred) as refused:
            await officers.add(doing, SHELL, again)
        assert refused.value.bar is Bar.LOGIN
        other = await officers.add(doing, SHELL, replace(again, login="root2"))
    async with staff.database.reading() as connection:
        known = await find_officer(connection, other)
        (*_, last) = await audit_rows.following(connection, None, 99)
    assert known is not None
    assert (known.login, known.active) == ("root2", True)
    assert told_of(last).after == {
        "login": "root2", "name": "Người khác", "office": "xa-a", "title": "",
    }  # fmt: skip


async def test_particulars_are_changed_with_before_and_after(staff: Staff) -> None:
    to = Particulars(name="Lan", title="Công chức tư pháp", office="xa-a")
    async with acting(staff.database, staff.clock, BY) as doing:
        assert await officers.change(doing, SHELL, staff.ids["lan-a"], to)
        assert not await officers.change(doing, SHELL, staff.ids["lan-a"], to)
    async with staff.database.reading() as connection:
        (*_, last) = await audit_rows.following(connection, None, 99)
    assert told_of(last).before == {"name": "lan-a", "title": "", "office": "xa-a"}
    assert told_of(last).after["title"] == "Công chức tư pháp"


async def test_a_role_is_given_and_taken_once_and_ends_sessions(staff: Staff) -> None:
    await staff.enters("lan-a")
    assert await staff.give("lan-a", Role.APPROVER, "xa-a")
    assert await staff.inside() == 0
    await staff.enters("lan-a")
    assert not await staff.give("lan-a", Role.APPROVER, "xa-a")
    assert await staff.inside() == 1
    assert await staff.take("lan-a", Role.APPROVER, "xa-a")
    assert await staff.inside() == 0
    assert not await staff.take("lan-a", Role.APPROVER, "xa-a")
    assert (await staff.deeds())[-2:] == ["granted", "revoked"]


async def test_an_account_switched_off_has_no_sessions_and_keeps_its_roles(staff: Staff) -> None:
    await staff.give("lan-a", Role.PREPARER, "xa-a")
    await staff.enters("lan-a")
    assert await staff.off("lan-a")
    assert not await staff.off("lan-a")
    assert await staff.inside() == 0
    assert (await staff.keeper("lan-a")).grants
    assert await staff.on("lan-a")
    assert not await staff.on("lan-a")
    assert (await staff.deeds())[-2:] == ["officer_off", "officer_on"]


async def test_sessions_are_ended(staff: Staff) -> None:
    await staff.enters("lan-a")
    async with acting(staff.database, staff.clock, BY) as doing:
        assert await officers.end_all_sessions(doing, SHELL, staff.ids["lan-a"]) == 1
    assert await staff.inside() == 0


async def test_nobody_changes_own_roles_or_switches_oneself_off(staff: Staff) -> None:
    root = await staff.keeper("root")
    tried: list[Callable[[], Awaitable[object]]] = [
        lambda: staff.give("root", Role.LEADER, EVERYWHERE, root),
        lambda: staff.take("root", Role.ADMINISTRATOR, EVERYWHERE, root),
        lambda: staff.off("root", root),
        lambda: staff.on("root", root),
    ]
    for attempt in tried:
        with pytest.raises(Barred) as refused:
            await attempt()
        assert refused.value.bar is Bar.OWN


async def test_nothing_is_changed_outside_the_own_branch(staff: Staff) -> None:
    keeper = await staff.keeper("admin-a")
    tried: list[Callable[[], Awaitable[object]]] = [
        lambda: staff.give("lan-a", Role.PREPARER, "xa-b", keeper),
        lambda: staff.give("lan-a", Role.PREPARER, "tinh", keeper),
        lambda: staff.give("lan-a", Role.ADMINISTRATOR, EVERYWHERE, keeper),
        lambda: staff.give("hoa-b", Role.PREPARER, "xa-a", keeper),
        lambda: staff.take("root", Role.ADMINISTRATOR, EVERYWHERE, keeper),
        lambda: staff.off("hoa-b", keeper),
        lambda: staff.off("root", keeper),
    ]
    for attempt in tried:
        with pytest.raises(Barred) as refused:
            await attempt()
        assert refused.value.bar is Bar.OUTSIDE
    assert await staff.give("lan-a", Role.PREPARER, "xa-a", keeper)
    assert await staff.off("lan-a", keeper)


async def test_no_account_is_moved_or_made_outside(staff: Staff) -> None:
    keeper = await staff.keeper("admin-a")
    away = Particulars(name="Lan", title="", office="xa-b")
    new = NewOfficer(login="moi", name="Mới", office="xa-b")
    async with acting(staff.database, staff.clock, BY) as doing:
        for attempt in (
            officers.change(doing, keeper, staff.ids["lan-a"], away),
            officers.add(doing, keeper, new),
        ):
            with pytest.raises(Barred):
                await attempt


async def test_a_role_elsewhere_keeps_an_account_from_a_narrower_keeper(staff: Staff) -> None:
    """Else the administrator of a commune could come in as one of the province."""
    await staff.give("lan-a", Role.LEADER, "tinh")
    keeper = await staff.keeper("admin-a")
    async with acting(staff.database, staff.clock, BY) as doing:
        with pytest.raises(Barred) as refused:
            await officers.entrusted(doing, keeper, staff.ids["lan-a"])
        assert refused.value.bar is Bar.OUTSIDE
        root = await staff.keeper("root")
        assert (await officers.entrusted(doing, root, staff.ids["lan-a"])).grants


async def test_the_last_administrator_stays(staff: Staff) -> None:
    for attempt in (staff.off("root"), staff.take("root", Role.ADMINISTRATOR, EVERYWHERE)):
        with pytest.raises(Barred) as refused:
            await attempt
        assert refused.value.bar is Bar.LAST
    await staff.give("lan-a", Role.ADMINISTRATOR, EVERYWHERE)
    assert await staff.take("root", Role.ADMINISTRATOR, EVERYWHERE)
    with pytest.raises(Barred):
        await staff.off("lan-a")


async def test_two_administrators_cannot_put_each_other_out_at_once(staff: Staff) -> None:
    await staff.give("lan-a", Role.ADMINISTRATOR, EVERYWHERE)
    one, other = await staff.keeper("root"), await staff.keeper("lan-a")

    async def put_out(login: str, by: Keeper) -> bool:
        with suppress(Barred):
            return await staff.off(login, by)
        return False

    done = await asyncio.gather(put_out("lan-a", one), put_out("root", other))
    assert sorted(done) == [False, True]


async def test_what_nobody_is_cannot_be_changed(staff: Staff) -> None:
    async with acting(staff.database, staff.clock, BY) as doing:
        with pytest.raises(NoSuchOfficer):
            await officers.switch_off(doing, SHELL, OfficerId(999), "")
