"""Whom a case complains of hears of it by no list, count, report or alarm; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.bell import Bell
from bot.casework.deeds import acting
from bot.channels.kept import KEPT
from bot.feedback.models import Case, Remark
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.stretches import stretch_of
from bot.handling.access import Sight, may_see, official
from bot.handling.alerting import Alerting
from bot.handling.assigning import Post, assign
from bot.handling.conflicts import complain
from bot.handling.merging import merge
from bot.handling.refusing import Refused, Why
from bot.handling.reporting import Wanted, reported
from bot.officials.models import Grant, Role
from bot.officials.office_entries import Stood
from bot.officials.talks import LENGTH, Talk
from bot.storage.case_sheet_rows import Wanted as Listed
from bot.storage.case_sheet_rows import told_cases
from bot.storage.conflict_rows import complained as complained_of
from bot.storage.conflict_rows import talk_not_of
from bot.storage.database import Database
from bot.storage.feedback_tables import cases
from bot.storage.pending_case_rows import late_cases, new_cases
from bot.storage.takeover_rows import holder_of, run_out, take
from bot.storage.unit_rows import UnitWish, add_unit
from tests.conftest import NOON, FrozenClock
from tests.factories import a_citizen
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE
from tests.fakes.reported import always_open


@pytest.fixture
async def room(database: Database, clock: FrozenClock) -> Chamber:
    """The office, where VAN, who gives out cases, works in a unit of their own."""
    room = await Chamber(database, clock).open()
    van = await room.hire("van", Role.APPROVER)
    async with database.writing() as connection:
        wish = UnitWish(office=HERE, name="Một cửa", members=frozenset({van}))
        room.unit = await add_unit(connection, wish)
    return room


async def complained(room: Chamber) -> Case:
    """File a case that complains of VAN's unit."""
    case, of = await room.filed("7"), Post(unit=room.unit)
    hidden: Case = await room.does(
        "nam", case, lambda d, c: complain(d, room.bureau, c, of, "nêu rõ đơn vị")
    )
    return hidden


@pytest.mark.parametrize(("login", "seen"), [("van", 0), ("hoa", 1)])
async def test_no_list_no_count_and_no_report_tells_them(
    room: Chamber, login: str, seen: int
) -> None:
    case, officer = await complained(room), room.officers[login]
    late = NOON + timedelta(days=9)
    stretch = stretch_of("2026-11")
    assert stretch is not None
    async with room.database.reading() as connection:
        listed = await told_cases(connection, Listed(reader=officer, offices={HERE}), 9)
        queries = (new_cases(officer, {HERE}), late_cases(officer, {HERE}, late))
        counts = [(await connection.execute(one)).one().things for one in queries]
        wanted = Wanted(reader=officer, offices=frozenset({HERE}), name="Xã A", stretch=stretch)
        report = await reported(connection, wanted, OfficeTimes(always_open(), Stood()), late)
        who = await official(
            connection,
            officer,
            (Grant(officer=officer, role=Role.APPROVER, office=HERE),),
            room.bureau.tree,
        )
        sight = await may_see(connection, case, who)
    assert (len(listed), counts, len(report.this.overdue)) == (seen, [seen, seen], seen)
    assert report.this.whole.overdue == 1
    assert sight is (Sight.WHOLE if seen else Sight.NOTHING)


async def test_time_that_runs_out_is_told_to_the_others(room: Chamber) -> None:
    case = await complained(room)
    room.clock.move(timedelta(days=9))
    alerting = Alerting(
        database=room.database,
        clock=room.clock,
        bureau=lambda: room.bureau,
        bell=Bell(),
        kept=KEPT,
    )
    assert await alerting.alert() == 1
    (alert,) = [one for one in await room.events(case) if one.did is Remark.ALERT]
    assert alert.data["told"] == [room.officers["hoa"]]


async def merged(room: Chamber, login: str, case: Case, main: Case) -> Case:
    async with acting(room.database, room.clock, room.by(login)) as doing:
        return await merge(doing, room.bureau, await room.now(case), main.id)


async def whom(room: Chamber, case: Case) -> list[str]:
    async with room.database.reading() as connection:
        return [one.name for one in await complained_of(connection, case.id)]


async def open_talks(room: Chamber, login: str) -> set[str]:
    """Give whose talks, of those who filed, an officer may read."""
    theirs = talk_not_of(room.officers[login], cases.c.conversation)
    async with room.database.reading() as connection:
        return set((await connection.execute(select(cases.c.user_id).where(theirs))).scalars())


async def test_the_talk_it_was_told_in_or_is_followed_in_is_not_there_for_them(
    room: Chamber,
) -> None:
    await room.filed("other")
    await room.filed("follower")
    case = await complained(room)
    assert await open_talks(room, "van") == {"other", "follower"}
    await room.followed(case, "follower")
    assert await open_talks(room, "van") == {"other"}
    assert await open_talks(room, "hoa") == {"other", "follower", "7"}


async def test_a_talk_they_have_taken_over_is_theirs_no_more(room: Chamber) -> None:
    case = await room.filed("7")
    assert case.address is not None
    talk = Talk(id=1, address=case.address, office=HERE)
    elsewhere = Talk(id=2, address=a_citizen("other", case.address.channel), office=HERE)
    van = room.officers["van"]
    async with room.database.writing() as connection:
        for one in (talk, elsewhere):
            await take(connection, one, van, room.clock.now(), LENGTH)
    async with acting(room.database, room.clock, room.by("nam")) as doing:
        of = Post(unit=room.unit)
        await complain(doing, room.bureau, await room.now(case), of, "nêu rõ đơn vị")
    async with room.database.reading() as connection:
        now = room.clock.now()
        assert await holder_of(connection, talk, now) is None
        assert [one.talk for one in await run_out(connection, now, 9)] == [talk]
        assert await holder_of(connection, elsewhere, now) is not None


async def test_joined_it_hides_the_main_case_from_them_once(room: Chamber) -> None:
    main, case, second = await room.filed("main"), await complained(room), await room.filed("8")
    await merged(room, "nam", case, main)
    assert await whom(room, main) == ["Một cửa"]
    assert [one.did for one in await room.events(main)][-2:] == [Remark.JOINED, Remark.COMPLAINED]
    of = Post(unit=room.unit)
    await merged(room, "nam", second, main)
    await room.does("nam", second, lambda d, c: complain(d, room.bureau, c, of, "cùng việc"))
    assert await whom(room, main) == ["Một cửa"]
    assert await whom(room, second) == ["Một cửa"]
    with pytest.raises(Refused) as fault:
        await merged(room, "van", await room.filed("9"), main)
    assert fault.value.why is Why.MAIN


async def test_what_complains_of_them_is_not_joined_with_what_they_work_on(room: Chamber) -> None:
    case, main = await complained(room), await room.filed("main")
    to = Post(unit=room.unit, officer=room.officers["van"])
    await room.does("hoa", main, lambda d, c: assign(d, room.bureau, c, to))
    with pytest.raises(Refused) as fault:
        await merged(room, "nam", case, main)
    assert fault.value.why is Why.MAIN_THEIRS
    assert (await whom(room, main), (await room.now(case)).main) == ([], None)
