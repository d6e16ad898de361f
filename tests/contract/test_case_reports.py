"""The figures of reports over real rows: an independent query finds the same, line by line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import pytest
from sqlalchemy import insert, update

from bot.feedback.moves import Act, CaseState
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.counted import Counted
from bot.feedback.reports.figures import Figures
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import Stretch, stretch_of
from bot.handling.reporting import Wanted, reported, window_of
from bot.officials.models import OfficerId
from bot.officials.office_entries import Stood
from bot.storage.database import Database
from bot.storage.feedback_tables import cases, events
from tests.fakes.console import HERE
from tests.fakes.report_oracle import recomputed
from tests.fakes.reported import Seeding, always_open, seed_cases

NOW: Final = datetime(2026, 9, 20, 3, 0, tzinfo=UTC)
FIRST: Final = datetime(2025, 6, 1, tzinfo=UTC)
SOME: Final = Seeding(count=700, first=FIRST, days=480)
BRANCH: Final = frozenset(SOME.offices)


def stretch(code: str) -> Stretch:
    found = stretch_of(code)
    assert found
    return found


async def a_report(
    database: Database, code: str, *, offices: frozenset[str] | None = BRANCH
) -> Report:
    wanted = Wanted(reader=OfficerId(1), offices=offices, name="Xã A", stretch=stretch(code))
    async with database.reading() as connection:
        times = OfficeTimes(always_open(), Stood())
        return await reported(connection, wanted, times, NOW)


def told(counted: Counted) -> dict[str, Any]:
    names = (
        "received", "carried", "answered", "on_time", "late", "dropped", "waiting", "overdue",
        "reopened", "rated", "timely", "satisfied", "median", "most",
    )  # fmt: skip
    return {name: getattr(counted, name) for name in names}


async def agree(database: Database, code: str, found: Figures, offices: frozenset[str]) -> None:
    window = window_of(stretch(code), NOW)
    async with database.reading() as connection:
        for side, lines in found.sides.items():
            again = await recomputed(
                connection, sorted(offices), window.begin, window.end, NOW, side
            )
            assert {key: told(one) for key, one in lines.items()} == again, (code, side)
        (whole,) = (
            await recomputed(connection, sorted(offices), window.begin, window.end, NOW)
        ).values()
        assert told(found.whole) == whole


async def test_an_independent_query_finds_every_number_again(database: Database) -> None:
    async with database.writing() as connection:
        await seed_cases(connection, SOME)
    for code in ("2026-Q3", "2026-08", "2026-H1", "2026-9M", "2026", "2026-CCHC"):
        report = await a_report(database, code)
        now = stretch(code)
        await agree(database, code, report.this, BRANCH)
        await agree(database, now.before.code, report.before, BRANCH)
        await agree(database, now.year_before.code, report.year_before, BRANCH)
    one = await a_report(database, "2026-Q2", offices=frozenset({HERE}))
    await agree(database, "2026-Q2", one.this, frozenset({HERE}))
    assert (await a_report(database, "2026-Q2", offices=None)).this.whole == (
        await a_report(database, "2026-Q2")
    ).this.whole
    assert (await a_report(database, "2026-Q2", offices=frozenset())).this.whole.received == 0


@pytest.fixture
async def one_case(database: Database) -> Database:
    """One case of HERE, received on the last minute of June by Vietnamese clocks."""
    async with database.writing() as connection:
        await seed_cases(connection, replace(SOME, count=1, offices=(HERE,)))
        last_minute = datetime(2026, 6, 30, 16, 59, tzinfo=UTC)
        alone = {
            "received_at": last_minute,
            "due_at": last_minute + timedelta(days=10),
            "state": CaseState.RECEIVED,
            "is_open": True,
            "result": "",
            "first_answered_at": None,
            "closed_at": None,
            "reopened": 0,
        }
        await connection.execute(update(cases).values(alone))
    return database


async def test_a_case_of_the_last_minute_is_carried_over_from_local_midnight(
    one_case: Database,
) -> None:
    before, after = [
        (await a_report(one_case, code)).this.whole for code in ("2026-Q2", "2026-Q3")
    ]
    assert (before.received, before.waiting, before.overdue) == (1, 1, 0)
    assert (after.received, after.carried, after.overdue) == (0, 1, 1)


async def test_what_the_citizen_was_asked_before_the_first_answer_is_no_time_of_the_office(
    one_case: Database,
) -> None:
    begun = datetime(2026, 7, 1, tzinfo=UTC)
    steps = [
        (Act.FILE, CaseState.RECEIVED, 0, "{}"),
        (Act.ASK, CaseState.AWAITING_CITIZEN, 2, "{}"),
        (Act.REPLY, CaseState.IN_PROGRESS, 7, "{}"),
        (Act.ANSWER, CaseState.ANSWERED, 9, f'{{"due_at": "{begun:%Y-%m-%d}T12:00:00+00:00"}}'),
        (Act.REOPEN, CaseState.RECEIVED, 30, "{}"),
        (Act.ASK, CaseState.AWAITING_CITIZEN, 31, "{}"),
    ]
    async with one_case.writing() as connection:
        answered = {
            "received_at": begun,
            "first_answered_at": begun + timedelta(hours=9),
            "reopened": 1,
            "due_at": None,
            "paused_minutes": 999,
        }
        await connection.execute(update(cases).values(answered))
        rows = [
            {
                "case": 1,
                "version": version,
                "at": begun + timedelta(hours=hours),
                "author": "officer",
                "did": did,
                "state": state,
                "public": False,
                "data": data,
            }
            for version, (did, state, hours, data) in enumerate(steps, 1)
        ]
        await connection.execute(insert(events), rows)
    whole = (await a_report(one_case, "2026-Q3")).this.whole
    assert (whole.answered, whole.on_time, whole.reopened) == (1, 1, 1)
    assert whole.minutes == (4 * 60,)
    assert (await a_report(one_case, "2026-Q3")).this.ways
