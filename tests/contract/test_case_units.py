"""Units that work on cases, and who sees and moves a case."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.casework.deeds import Acting, acting
from bot.feedback.models import Case, UnitId
from bot.handling.access import Official, Sight, may_see, official, remember_refused
from bot.handling.passing_on import transfer
from bot.handling.refusing import Refused, Why
from bot.handling.units import add, change, close
from bot.officials.models import OfficerId, Role
from bot.officials.permissions import Action
from bot.storage.console_tables import audit_entries
from bot.storage.database import Database
from bot.storage.officer_rows import grants_of
from bot.storage.unit_rows import UnitWish, find_unit, units_of
from tests.conftest import FrozenClock
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    return await Chamber(database, clock).open()


def wish(room: Chamber, **told: object) -> UnitWish:
    whole = UnitWish(
        office=HERE,
        name="Công an xã",
        head=room.officers["lan"],
        topics=("an_ninh",),
        members=frozenset({room.officers["minh"]}),
    )
    return replace(whole, **told)  # type: ignore[arg-type]


async def added(room: Chamber, told: UnitWish) -> UnitId:
    async with acting(room.database, room.clock, room.by("nam")) as doing:
        return await add(doing, room.bureau, told)


async def test_a_unit_is_added_changed_and_closed(room: Chamber) -> None:
    number = await added(room, wish(room))
    other = wish(room, office="xa-b", name="Công an xã A", members=frozenset())
    async with acting(room.database, room.clock, room.by("nam")) as doing:
        await change(doing, room.bureau, number, other)
    async with room.database.reading() as connection:
        unit = await find_unit(connection, number)
    assert unit is not None
    assert (unit.office, unit.name, unit.members) == (HERE, "Công an xã A", frozenset())
    async with acting(room.database, room.clock, room.by("nam")) as doing:
        await close(doing, number)
        assert not (await units_of(doing.connection, HERE))[-1].active
    assert await room.deeds() == ["unit_added", "unit_changed", "unit_closed"]


async def test_what_is_wrong_with_a_unit_is_said(room: Chamber) -> None:
    stranger = await room.hire("tu", Role.PREPARER, "xa-b")
    for told, why in (
        (wish(room, name="  "), Why.NAME),
        (wish(room, name="Phòng Kinh tế"), Why.TAKEN),
        (wish(room, head=stranger), Why.MEMBERS),
        (wish(room, members=frozenset({OfficerId(999)})), Why.MEMBERS),
    ):
        with pytest.raises(Refused) as fault:
            await added(room, told)
        assert fault.value.why is why


async def test_a_unit_with_open_cases_is_not_closed(room: Chamber) -> None:
    await room.assigned()

    async def closed(doing: Acting, _: Case) -> None:
        await close(doing, room.unit)

    case = await room.filed("8")
    with pytest.raises(Refused, match="1 vụ") as fault:
        await room.does("nam", case, closed)
    assert fault.value.why is Why.BUSY


async def as_official(room: Chamber, login: str) -> Official:
    officer = room.officers[login]
    async with room.database.reading() as connection:
        grants = (await grants_of(connection, [officer]))[officer]
        return await official(connection, officer, grants, room.bureau.tree)


async def sight(room: Chamber, login: str, case: Case) -> Sight:
    by = await as_official(room, login)
    async with room.database.reading() as connection:
        return await may_see(connection, case, by)


async def test_who_prepares_moves_what_is_theirs_and_sees_all_of_the_office(
    room: Chamber,
) -> None:
    stranger = await room.hire("tu", Role.PREPARER)
    loose, given = await room.filed("7"), await room.assigned("8")
    lan, tu, hoa = [await as_official(room, one) for one in ("lan", "tu", "hoa")]
    assert tu.officer == stranger
    assert not lan.may_act(loose, Action.CASES_WORK)
    assert lan.may_act(given, Action.CASES_WORK)
    assert not lan.may_act(given, Action.CASES_ASSIGN)
    assert not tu.may_act(given, Action.CASES_WORK)
    assert tu.may_act(replace(given, officer=stranger), Action.CASES_WORK)
    assert hoa.may_act(loose, Action.CASES_WORK)
    assert hoa.may_act(loose, Action.CASES_ANSWER)
    assert await sight(room, "tu", given) is Sight.WHOLE


async def test_another_communes_case_is_not_there_and_one_given_away_is_a_state(
    room: Chamber,
) -> None:
    await room.hire("tu", Role.LEADER, "xa-b")
    await room.hire("tinh", Role.LEADER, "tinh")
    await room.hire("may", Role.ADMINISTRATOR)
    case = await room.assigned()
    assert await sight(room, "tu", case) is Sight.NOTHING
    assert await sight(room, "may", case) is Sight.NOTHING
    assert await sight(room, "tinh", case) is Sight.WHOLE
    sent = await room.does("hoa", case, lambda d, c: transfer(d, room.bureau, c, "xa-b", "ở xã B"))
    assert await sight(room, "tu", sent) is Sight.WHOLE
    assert await sight(room, "lan", sent) is Sight.STATE
    assert not (await as_official(room, "hoa")).may_act(sent, Action.CASES_WORK)


async def test_a_refused_look_is_remembered_once_a_minute(room: Chamber) -> None:
    by = room.by("lan")
    for _ in range(3):
        await remember_refused(room.database, room.clock, by, office="xa-b", subject="77")
    await remember_refused(room.database, room.clock, by, office="xa-b", subject="78")
    told = [(one.action, one.subject, one.office) for one in await room.rows(audit_entries)]
    assert told == [("case_look_refused", "77", "xa-b"), ("case_look_refused", "78", "xa-b")]
