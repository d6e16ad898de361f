"""What the first page tells: figures of the days, and what waits for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import Table, insert, select

from bot.officials.approving import Approver
from bot.officials.models import OfficerId
from bot.officials.permissions import Action
from bot.officials.publishing_rights import PUBLISHING
from bot.storage import pending_news_rows as news
from bot.storage import pending_rows as rows
from bot.storage.broadcast_tables import broadcast_steps, broadcasts, runs
from bot.storage.change_rows import change_of
from bot.storage.console_tables import (
    changes,
    question_groups,
    sync_verdicts,
    takeovers,
    waiting_talks,
)
from bot.storage.daily_rows import count_days
from bot.storage.database import Database
from bot.storage.figure_rows import DayCount, HourCount, turns_of_day, turns_of_days
from bot.storage.pending_rows import Matter, Pending
from bot.storage.plan_tables import slots
from bot.storage.tables import turns
from knowledge.tables import portal_changes
from tests.conftest import NOON
from tests.fakes.plans import put_entry, put_plan

ME, OTHER = OfficerId(1), OfficerId(2)
DAY = date(2026, 11, 20)
MIDNIGHT = datetime(2026, 11, 19, 17, tzinfo=UTC)


async def _keep(database: Database, table: Table, *kept: dict[str, Any]) -> None:
    async with database.writing() as connection:
        for row in kept:
            await connection.execute(insert(table).values(**row))


def _turn(number: int, at: datetime, **more: Any) -> dict[str, Any]:
    plain = {
        "conversation": f"web:{number}", "channel": "web", "question": "", "outcome": "answered",
        "procedure": "", "aspect": "", "hits": "", "took_ms": 1, "office": "xa",
    }  # fmt: skip
    return plain | {"inbox_id": number, "created_at": at} | more


async def test_turns_of_a_day_are_told_by_the_clocks_of_vietnam(database: Database) -> None:
    await _keep(
        database,
        turns,
        _turn(1, MIDNIGHT - timedelta(seconds=1)),
        _turn(2, MIDNIGHT),
        _turn(3, MIDNIGHT + timedelta(minutes=59)),
        _turn(4, MIDNIGHT + timedelta(hours=9), channel="telegram", outcome="unanswered"),
        _turn(5, MIDNIGHT + timedelta(hours=23, minutes=59), office="khac"),
        _turn(6, MIDNIGHT + timedelta(hours=24)),
    )
    midnight = HourCount(hour=0, channel="web", outcome="answered", turns=2)
    nine = HourCount(hour=9, channel="telegram", outcome="unanswered", turns=1)
    late = HourCount(hour=23, channel="web", outcome="answered", turns=1)

    async def told(offices: set[str] | None) -> set[HourCount]:
        async with database.reading() as connection:
            return set(await turns_of_day(connection, DAY, offices=offices))

    assert await told(None) == {midnight, nine, late}
    assert await told({"xa"}) == {midnight, nine}
    assert await told(set()) == set()


async def test_ended_days_are_told_as_they_were_counted(database: Database) -> None:
    await _keep(
        database,
        turns,
        _turn(1, MIDNIGHT),
        _turn(2, MIDNIGHT, channel="telegram"),
        _turn(3, MIDNIGHT, office="khac"),
        _turn(4, MIDNIGHT - timedelta(days=1), outcome="choices"),
    )
    await count_days(database, now=MIDNIGHT + timedelta(days=2))

    async def told(offices: set[str] | None) -> set[DayCount]:
        days = (DAY - timedelta(days=1), DAY + timedelta(days=1))
        async with database.reading() as connection:
            return set(await turns_of_days(connection, *days, offices=offices))

    before = DayCount(day=DAY - timedelta(days=1), outcome="choices", turns=1)
    assert await told(None) == {DayCount(day=DAY, outcome="answered", turns=3), before}
    assert await told({"xa"}) == {DayCount(day=DAY, outcome="answered", turns=2), before}


def _group(number: int, **more: Any) -> dict[str, Any]:
    plain = {"office": "xa", "shape": "", "sample": "", "status": "open", "wishes": 1}
    times = {"first_at": NOON + timedelta(minutes=number), "last_at": NOON + timedelta(hours=1)}
    return plain | times | {"shape_key": str(number)} | more


def _talk(number: int, at: datetime, **more: Any) -> dict[str, Any]:
    plain = {"channel": "web", "user_id": "u", "office": "xa", "question": "", "asked_at": at}
    return plain | {"conversation": f"web:{number}", "talk": number} | more


def _taken(number: int, officer: OfficerId, until: datetime) -> dict[str, Any]:
    plain = {"channel": "web", "user_id": "u", "office": "xa", "began_at": NOON, "until": until}
    return plain | {"conversation": f"web:{number}", "talk": number, "officer": officer}


def _change(minute: int, **more: Any) -> dict[str, Any]:
    plain = {
        "kind": "procedure", "office": "xa", "ref": "1", "title": "", "before": "{}",
        "after": "{}", "token": "", "reason": "", "status": "waiting", "author": OTHER,
        "needs": "knowledge_publish",
    }  # fmt: skip
    return plain | {"made_at": NOON + timedelta(minutes=minute)} | more


async def _furnish(database: Database) -> None:
    later = NOON + timedelta(minutes=20)
    await _keep(
        database,
        question_groups,
        _group(1),
        _group(2, wishes=3),
        _group(3, status="answered"),
        _group(4, office="khac"),
    )
    await _keep(database, waiting_talks, _talk(1, NOON), _talk(2, later, office="khac"))
    await _keep(
        database, takeovers, _taken(1, ME, later), _taken(2, ME, NOON), _taken(3, OTHER, later)
    )
    await _keep(
        database,
        changes,
        _change(1),
        _change(2, kind="hotline", needs="contacts_publish"),
        _change(3, office="khac"),
        _change(4, status="returned", author=ME, ref="4"),
        _change(5, status="returned"),
        _change(-1, status="returned", author=ME, ref="2"),
        _change(4, status="returned", author=ME, ref="3"),
        _change(5, status="withdrawn", author=ME, ref="3"),
        # What others do with the same thing mends nothing of mine, nor does an undoing.
        _change(5, status="returned", author=ME, ref="5"),
        _change(6, status="published", author=OTHER, ref="5"),
        _change(6, status="published", author=ME, ref="5", undoes=1),
        _change(6, status="published", valid_until="2026-11-25"),
        _change(7, status="published", valid_until="2026-12-25"),
        _change(8, status="published"),
    )


async def test_what_waits_is_counted_in_one_statement(database: Database) -> None:
    await _furnish(database)
    wanted = [
        rows.open_questions({"xa"}),
        rows.people_waiting(ME, None),
        rows.own_talks(ME, NOON),
        rows.to_approve(_approver({Action.KNOWLEDGE_PUBLISH: {"xa"}})),
        rows.returned_to(ME, NOON),
        rows.ending({"procedure": None}, DAY, DAY + timedelta(days=7)),
    ]
    async with database.reading() as connection:
        found = {one.matter: one for one in await rows.pending(connection, wanted)}

    def waits(matter: Matter, count: int, minute: int, wishes: int = 0) -> Pending:
        moment = NOON + timedelta(minutes=minute)
        return Pending(matter=matter, count=count, wishes=wishes, moment=moment)

    assert found == {
        one.matter: one
        for one in (
            waits(Matter.QUESTIONS, 2, 1, wishes=4),
            waits(Matter.TALKS, 2, 0),
            waits(Matter.MINE, 1, 20),
            waits(Matter.APPROVE, 1, 1),
            waits(Matter.RETURNED, 2, 4),
            waits(Matter.ENDING, 1, 6),
        )
    }


def _approver(
    reach: Mapping[Action, Collection[str] | None], strict: Collection[str] = ()
) -> Approver:
    return Approver(officer=ME, reach=reach, strict=strict)


async def test_what_waits_for_approval_is_counted_by_what_it_needs(database: Database) -> None:
    await _furnish(database)
    by = _approver({Action.KNOWLEDGE_PUBLISH: {"khac"}, Action.CONTACTS_PUBLISH: None})
    async with database.reading() as connection:
        (approve,) = await rows.pending(connection, [rows.to_approve(by)])
    assert (approve.count, approve.moment) == (2, NOON + timedelta(minutes=2))


async def test_a_change_is_counted_for_those_who_may_approve_it_and_no_others(
    database: Database,
) -> None:
    for number, (needs, office, author) in enumerate(
        product(("knowledge_publish", "offices_manage"), ("xa", "khac", ""), (ME, OTHER, None))
    ):
        told = {"needs": needs, "office": office, "author": author}
        await _keep(database, changes, _change(number, **told))
    async with database.reading() as connection:
        everything = [change_of(row) for row in await connection.execute(select(changes))]
        for offices, strict in product((None, {"xa"}, {"xa", "khac"}, set()), ((), ("xa", ""))):
            for actions in ((), (Action.KNOWLEDGE_PUBLISH,), tuple(PUBLISHING)):
                by = _approver(dict.fromkeys(actions, offices), strict)
                waits = await rows.pending(connection, [rows.to_approve(by)])
                theirs = [one for one in everything if by.may_approve(one)]
                assert [one.count for one in waits] == ([len(theirs)] if theirs else []), by


async def test_what_the_portal_changed_waits_until_the_office_decides(database: Database) -> None:
    told = {"at": NOON, "kind": "changed", "code": "1", "name": "", "fields": "{}"}
    await _keep(database, portal_changes, told, told, told | {"code": "2"}, told | {"kind": "new"})
    verdict = {"change": 1, "verdict": "keep", "officer": ME, "at": NOON}
    await _keep(database, sync_verdicts, verdict | {"office": "xa"})

    async def waits(office: str) -> Pending:
        async with database.reading() as connection:
            (one,) = await rows.pending(connection, [rows.portal_undecided(office, {"1"})])
        return one

    assert await waits("xa") == Pending(matter=Matter.PORTAL, count=1, wishes=0, moment=NOON)
    assert (await waits("khac")).count == 2


async def test_what_nothing_waits_of_is_left_out(database: Database) -> None:
    async with database.reading() as connection:
        assert await rows.pending(connection, [rows.open_questions(None)]) == []
        assert await rows.pending(connection, []) == ()


async def test_what_waits_of_the_news_is_counted_with_its_oldest(database: Database) -> None:
    text = {"office": "xa", "kind": "khac", "title": "Tin", "version": 1, "made_at": NOON}
    submitted = text | {"status": "submitted", "changed_at": NOON}
    back = text | {"status": "returned", "changed_at": NOON - timedelta(days=1)}
    await _keep(database, broadcasts, submitted, submitted | {"office": "khac"}, submitted, back)
    wrote = {"version": 1, "step": "edited", "officer": ME, "at": NOON}
    await _keep(database, broadcast_steps, *({"broadcast": one} | wrote for one in (3, 4)))
    run = {"schedule": 1, "due_at": NOON, "broadcast": 1, "version": 1, "status": "missed"}
    await _keep(database, runs, run | {"office": "xa"}, run | {"office": "khac", "schedule": 2})
    async with database.writing() as connection:
        entry = await put_entry(connection, await put_plan(connection, "xa"))
    time = {"entry": entry, "status": "open"} | dict.fromkeys(("period_start", "period_end"), "")
    days = ((1, "2026-11-19"), (2, "2026-11-20"))
    late = (time | {"number": one, "due_on": day, "last_on": day} for one, day in days)
    await _keep(database, slots, *late)
    wanted = [
        news.news_to_approve({"xa"}, ME),
        news.news_returned(ME),
        news.runs_missed({"xa"}),
        news.slots_late({"xa"}, DAY),
    ]
    async with database.reading() as connection:
        found = {one.matter: one for one in await rows.pending(connection, wanted)}
    assert {matter: one.count for matter, one in found.items()} == {
        Matter.NEWS: 1,
        Matter.NEWS_RETURNED: 1,
        Matter.MISSED: 1,
        Matter.LATE: 1,
    }
    assert found[Matter.NEWS_RETURNED].moment == NOON - timedelta(days=1)
