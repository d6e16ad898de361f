"""What the clock knocks for, and when."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.clock import VIETNAM
from bot.settings import Settings
from bot.storage.database import Database
from bot.upkeep.rota import ticks_of
from bot.upkeep.ticking import Tick
from knowledge.tables import portal_procedures
from tests.conftest import FrozenClock
from tests.fakes.portal import FakePortal, a_catalogue

NIGHTLY = {"PORTAL_SYNC": "nightly", "PORTAL_PAUSE_MS": "0"}
STANDING = ["tidy", "audit_head", "dates"]


@pytest.fixture
async def portal() -> AsyncIterator[FakePortal]:
    """A portal of three procedures."""
    async with FakePortal(rows=a_catalogue(3)).serving() as serving:
        yield serving


def nightly(portal: FakePortal, database: Database, clock: FrozenClock) -> Tick:
    """Give the tick that reads ``portal``."""
    settings = Settings.from_env({**NIGHTLY, "PORTAL_URL": portal.url})
    *_, tick = ticks_of(settings, database, clock, frozenset())
    return tick


@pytest.mark.parametrize(
    ("told", "names"), [({}, STANDING), (NIGHTLY, [*STANDING, "portal"])], ids=["off", "nightly"]
)
async def test_the_portal_is_read_only_when_switched_on(
    database: Database, clock: FrozenClock, told: dict[str, str], names: list[str]
) -> None:
    ticks = ticks_of(Settings.from_env(told), database, clock, frozenset())
    assert [tick.name for tick in ticks] == names


async def test_the_nightly_tick_stores_what_the_portal_shows(
    database: Database, clock: FrozenClock, portal: FakePortal
) -> None:
    await nightly(portal, database, clock).act()
    async with database.reading() as connection:
        codes = (await connection.execute(select(portal_procedures.c.code))).scalars().all()
    assert sorted(codes) == ["1.000001", "1.000002", "1.000003"]


async def test_a_night_without_a_leader_is_made_up_for_within_the_hour(
    database: Database, clock: FrozenClock
) -> None:
    tidy, *_ = ticks_of(Settings(), database, clock, frozenset())
    for hour in (17, 1, 8):
        since = datetime(2026, 11, 20, hour, 0, tzinfo=UTC)
        due = tidy.when.get_next_fire_time(None, since)
        assert due.astimezone(UTC) == datetime(2026, 11, 20, hour, 20, tzinfo=UTC)


@pytest.mark.parametrize(("missed", "next_by"), [(2, 10), (10, 15)])
async def test_who_missed_a_knock_at_the_portal_gets_another_on_the_same_day(
    database: Database, clock: FrozenClock, missed: int, next_by: int
) -> None:
    *_, tick = ticks_of(Settings.from_env(NIGHTLY), database, clock, frozenset())
    since, until = (datetime(2026, 11, 20, hour, 1, tzinfo=VIETNAM) for hour in (missed, next_by))
    due = tick.when.get_next_fire_time(None, since)
    assert due is not None
    assert since < due < until


async def test_a_missed_walk_is_made_up_for_by_day_and_no_other_is_repeated(
    database: Database, clock: FrozenClock, portal: FakePortal
) -> None:
    tick = nightly(portal, database, clock)
    await tick.act()
    asked = len(portal.asked)
    clock.move(timedelta(hours=8))
    await tick.act()
    assert len(portal.asked) == asked
    clock.move(timedelta(hours=24))
    await tick.act()
    assert len(portal.asked) > asked


async def test_the_log_notes_each_night_where_the_audit_stands(
    database: Database, clock: FrozenClock
) -> None:
    _, tick, *_ = ticks_of(Settings(), database, clock, frozenset())
    with capture_logs() as logs:
        await tick.act()
    assert [one["event"] for one in logs] == ["audit_head"]
