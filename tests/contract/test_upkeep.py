"""One leads, the others wait; what is old is forgotten and what counts is kept."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from prometheus_client import CollectorRegistry
from sqlalchemy import func, insert, select, text
from structlog.testing import capture_logs

from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage.daily_rows import count_days
from bot.storage.database import Database
from bot.storage.tables import (
    conversations,
    daily_turns,
    inbox,
    leases,
    outbox,
    turns,
    unreachable,
)
from bot.upkeep.lease import Holding, Lease, LeaseTaken, held
from bot.upkeep.portal import Extent, WalkLost, walk
from bot.upkeep.retention import ClockDoubted, tidy
from bot.upkeep.ticking import Tick, Ticking
from knowledge.portal import DETAIL
from knowledge.sync import Phase
from tests.conftest import NOON, FrozenClock, let_pass, open_database
from tests.fakes.portal import FakePortal, Illness, a_catalogue

LEASE = timedelta(seconds=30)
ALL = (inbox, turns, outbox, conversations)


class Unwatched:
    async def step(self, phase: Phase, done: int, total: int) -> None:
        """Look on without a word."""


def a_lease(database: Database, holder: str, clock: FrozenClock) -> Lease:
    return Lease(database, "leader", holder=holder, clock=clock, length=LEASE)


async def test_one_holds_a_lease_until_it_runs_out(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock
) -> None:
    async with open_database("sqlite", request, tmp_path) as database:
        first, second = (a_lease(database, name, clock) for name in ("one", "two"))
        assert await first.renew()
        assert not await second.renew()
        clock.move(timedelta(seconds=20))
        assert await first.renew()
        clock.move(timedelta(seconds=20))
        assert not await second.renew()
        clock.move(timedelta(seconds=11))
        assert await second.renew()
        assert not await first.renew()


@pytest.mark.postgres
async def test_clocks_that_differ_by_years_have_one_leader(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock
) -> None:
    async with open_database("postgres", request, tmp_path) as database:
        moments = (NOON + timedelta(days=400), NOON, NOON - timedelta(days=400))
        ahead, right, behind = (
            a_lease(database, str(moment), FrozenClock(moment)) for moment in moments
        )
        assert await ahead.renew()
        assert not await right.renew()
        assert not await behind.renew()
        assert not await right.renew()
        await let_pass(database, clock, LEASE)
        assert await right.renew()
        assert not await ahead.renew()


async def test_who_looks_at_a_lease_learns_who_holds_it(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FrozenClock
) -> None:
    async with open_database("sqlite", request, tmp_path) as database:
        one, other = (a_lease(database, name, clock) for name in ("one", "two"))
        assert await one.holding() == Holding.NOBODY
        await one.renew()
        assert await one.holding() == Holding.THIS
        assert await other.holding() == Holding.ANOTHER
        clock.move(LEASE - timedelta(seconds=6))
        assert await other.holding() == Holding.ANOTHER
        clock.move(timedelta(seconds=2))
        assert await other.holding() == Holding.LATE
        clock.move(timedelta(seconds=5))
        assert await other.holding() == Holding.NOBODY


async def test_a_database_that_does_not_tell_leaves_the_holder_unknown(
    database: Database, clock: FrozenClock
) -> None:
    async with database.writing() as connection:
        await connection.execute(text("ALTER TABLE leases RENAME TO mislaid"))
    try:
        assert await a_lease(database, "one", clock).holding() == Holding.UNKNOWN
    finally:
        async with database.writing() as connection:
            await connection.execute(text("ALTER TABLE mislaid RENAME TO leases"))


async def test_a_lease_written_by_a_clock_far_ahead_is_free(
    database: Database, clock: FrozenClock
) -> None:
    async with database.writing() as connection:
        far = NOON + timedelta(days=36_500)
        await connection.execute(insert(leases).values(name="leader", holder="it", until=far))
    assert await a_lease(database, "one", clock).holding() == Holding.NOBODY
    assert await a_lease(database, "one", clock).renew()


async def test_a_clock_set_back_makes_no_lease_longer(
    database: Database, clock: FrozenClock
) -> None:
    elapsed = 0.0
    lease = Lease(
        database, "leader", holder="one", clock=clock, length=LEASE, elapsed=lambda: elapsed
    )
    assert await lease.renew()
    clock.move(-timedelta(days=1))
    elapsed = LEASE.total_seconds() - 1
    assert lease.held
    elapsed += 1
    assert not lease.held


async def test_a_lease_that_cannot_be_renewed_is_kept_until_another_may_take_it(
    tmp_path: Path,
    clock: FrozenClock,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.storage.database.SQLITE_PRAGMAS", ("PRAGMA busy_timeout = 50",))
    async with open_database("sqlite", request, tmp_path) as database:
        lease = a_lease(database, "one", clock)
        assert await lease.renew()
        holder = sqlite3.connect(tmp_path / "test.sqlite3", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        clock.move(timedelta(seconds=29))
        assert await lease.renew()
        assert lease.fault == "OperationalError"
        clock.move(timedelta(seconds=1))
        assert not lease.held
        holder.close()
        assert await lease.renew()
        assert lease.fault == ""
        holder = sqlite3.connect(tmp_path / "test.sqlite3", isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        await lease.give_back()
        assert not lease.held
        holder.close()


async def test_a_walk_cut_short_by_a_stop_is_continued_by_the_next(
    database: Database, clock: FrozenClock
) -> None:
    async with FakePortal(rows=a_catalogue(30), slowness=60).serving() as portal:
        portal.ills.extend([None] * 10 + [Illness.SLOW])
        settings = Settings(portal_url=portal.url, portal_pause_ms=0)
        read = partial(walk, database, settings, clock=clock, watch=Unwatched(), extent=Extent())
        tick = Tick(name="portal", when=DateTrigger(), act=read)
        stopping = asyncio.Event()
        ticking, _ = a_ticking(database, clock, "one", tick)
        running = asyncio.create_task(ticking.ticking(stopping))
        async with asyncio.timeout(20):
            while len(portal.asked) < 11:
                portal.heard.clear()
                await portal.heard.wait()
        stopping.set()
        async with asyncio.timeout(30):
            await running
        report = await read()
    assert (report.seen, report.details_left, report.stopped) == (30, 0, "")
    assert len(report.changes) == 30
    assert portal.count(DETAIL) == 31


@dataclass
class Sleeper:
    """Looks on, and sleeps through every lease."""

    clock: FrozenClock
    steps: int = 0

    async def step(self, phase: Phase, done: int, total: int) -> None:  # noqa: ARG002
        self.steps += 1
        self.clock.move(LEASE)


async def test_a_walk_that_lost_its_lease_writes_no_further(
    database: Database, clock: FrozenClock
) -> None:
    sleeper = Sleeper(clock)
    async with FakePortal(rows=a_catalogue(30)).serving() as portal:
        settings = Settings(portal_url=portal.url, portal_pause_ms=0)
        with pytest.raises(WalkLost):
            await walk(database, settings, clock=clock, watch=sleeper, extent=Extent())
    assert sleeper.steps == 1
    assert portal.count(DETAIL) < 30


async def test_a_lease_given_back_is_free_at_once(database: Database, clock: FrozenClock) -> None:
    async with held(database, "leader", clock=clock, length=LEASE) as lease:
        assert lease.held
        with pytest.raises(LeaseTaken, match=r".+:\d+:"):
            async with held(database, "leader", clock=clock, length=LEASE):
                pass
    async with held(database, "leader", clock=clock, length=LEASE) as lease:
        assert lease.held


def a_ticking(
    database: Database, clock: FrozenClock, holder: str, *ticks: Tick
) -> tuple[Ticking, CollectorRegistry]:
    registry = CollectorRegistry()
    lease = a_lease(database, holder, clock)
    return Ticking(ticks, lease, Metrics.on(registry)), registry


async def test_only_the_leader_ticks_and_another_follows_it(
    database: Database, clock: FrozenClock
) -> None:
    done: list[str] = []
    ticked = asyncio.Event()

    def a_tick(holder: str) -> Tick:
        async def act() -> None:
            done.append(holder)
            ticked.set()

        return Tick(name="count", when=IntervalTrigger(seconds=0.02), act=act)

    stop_first, stop_second = asyncio.Event(), asyncio.Event()
    first, _ = a_ticking(database, clock, "one", a_tick("one"))
    second, _ = a_ticking(database, clock, "two", a_tick("two"))
    leading = asyncio.create_task(first.ticking(stop_first))
    async with asyncio.timeout(10):
        await ticked.wait()
    following = asyncio.create_task(second.ticking(stop_second))
    await asyncio.sleep(0.2)
    stop_first.set()
    await leading
    assert set(done) == {"one"}
    ticked.clear()
    await second.lease.renew()
    async with asyncio.timeout(10):
        await ticked.wait()
    stop_second.set()
    await following
    assert done[-1] == "two"


async def test_a_failing_tick_is_counted_and_stops_nothing(
    database: Database, clock: FrozenClock
) -> None:
    async def fail() -> None:
        raise ValueError("no")

    async def act() -> None:
        return

    ticking, registry = a_ticking(database, clock, "one")
    await ticking.lease.renew()
    when = IntervalTrigger(seconds=60)
    with capture_logs() as logs:
        for _ in range(2):
            await ticking.run(Tick(name="bad", when=when, act=fail))
        await ticking.run(Tick(name="good", when=when, act=act))
    for tick, ending, count in (("bad", "failed", 2), ("good", "done", 1)):
        labels = {"tick": tick, "ending": ending}
        assert registry.get_sample_value("bot_ticks_total", labels) == count
    # A fault that lasts is told at length once: an hour without a database would fill the disk.
    assert [one.get("exc_info") for one in logs] == [True, False, None]


async def _a_talk(
    database: Database, number: int, at: datetime, *, done: bool = True, status: str = "sent"
) -> None:
    talk = f"telegram:{number}"
    async with database.writing() as connection:
        await connection.execute(
            insert(inbox).values(
                id=number, channel="telegram", external_id=str(number), user_id=str(number),
                conversation=talk, kind="text", text="hỏi", masked="", received_at=at, done=done,
            )
        )  # fmt: skip
        if done:
            await connection.execute(
                insert(turns).values(
                    inbox_id=number, conversation=talk, channel="telegram", question="hỏi",
                    outcome="answered", procedure="", aspect="", hits="[]", took_ms=1,
                    created_at=at,
                )
            )  # fmt: skip
            await connection.execute(
                insert(outbox).values(
                    id=number, inbox_id=number, seq=0, channel="telegram", user_id=str(number),
                    conversation=talk, text="đáp", choices="[]", status=status, not_before=at,
                    created_at=at,
                )
            )  # fmt: skip
        await connection.execute(
            insert(conversations).values(conversation=talk, state="{}", updated_at=at)
        )


async def _left(database: Database) -> list[int]:
    async with database.reading() as connection:
        counts = [await connection.execute(select(func.count()).select_from(one)) for one in ALL]
        return [count.scalar_one() for count in counts]


async def test_old_talks_are_forgotten_and_their_count_stays(
    database: Database, clock: FrozenClock
) -> None:
    await _a_talk(database, 1, NOON - timedelta(days=91))
    await _a_talk(database, 2, NOON - timedelta(days=91, hours=1))
    await _a_talk(database, 3, NOON - timedelta(days=89))
    await _a_talk(database, 4, NOON - timedelta(days=4))
    counted, forgotten = await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    assert (counted, forgotten) == (91, 8)
    assert await _left(database) == [2, 2, 2, 2]
    async with database.reading() as connection:
        total = await connection.execute(select(func.sum(daily_turns.c.turns)))
        assert total.scalar_one() == 4


async def test_more_than_one_batch_is_forgotten_at_a_time(
    database: Database, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.retention_rows.BATCH", 2)
    for number in range(5):
        await _a_talk(database, number, NOON - timedelta(days=4))
    await tidy(database, clock=clock, keep_days=3, kept=frozenset())
    assert await _left(database) == [0, 0, 0, 0]


async def _days(database: Database) -> dict[str, int]:
    async with database.reading() as connection:
        rows = await connection.execute(select(daily_turns).where(daily_turns.c.turns > 0))
        return {row.day: row.turns for row in rows}


async def test_a_clock_that_leaps_ahead_deletes_and_counts_nothing(
    database: Database, clock: FrozenClock
) -> None:
    for number in (1, 2, 3):
        await _a_talk(database, number, NOON - timedelta(days=3 - number))
    clock.move(timedelta(days=3650))
    # Somebody asks while it is wrong: that makes it no truer.
    await _a_talk(database, 4, clock.now())
    with capture_logs() as logs, pytest.raises(ClockDoubted):
        await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    assert [(one["event"], one["how"]) for one in logs] == [("clock_doubted", "ahead")]
    assert await _left(database) == [4, 4, 4, 4]
    assert await _days(database) == {}
    clock.move(-timedelta(days=3650))
    with pytest.raises(ClockDoubted, match="behind"):
        await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    await _a_talk(database, 5, clock.now())
    clock.move(timedelta(days=1))
    await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    assert await _days(database) == {"2026-11-18": 1, "2026-11-19": 1, "2026-11-20": 2}


async def test_days_a_clock_some_days_ahead_counted_too_early_are_counted_anew(
    database: Database, clock: FrozenClock
) -> None:
    await _a_talk(database, 1, NOON - timedelta(days=1))
    clock.move(timedelta(days=5))
    await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    clock.move(-timedelta(days=5))
    for number in (2, 3):
        await _a_talk(database, number, clock.now())
        clock.move(timedelta(days=1))
    await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    assert await _days(database) == {"2026-11-19": 1, "2026-11-20": 1, "2026-11-21": 1}


async def test_after_a_long_pause_the_clock_is_believed_when_turns_have_agreed_with_it(
    database: Database, clock: FrozenClock
) -> None:
    await _a_talk(database, 1, NOON)
    clock.move(timedelta(days=100))
    await _a_talk(database, 2, clock.now())
    for days, left in ((1, 2), (2, 2), (3, 1)):
        clock.move(timedelta(days=1))
        with suppress(ClockDoubted):
            await tidy(database, clock=clock, keep_days=90, kept=frozenset())
        assert await _left(database) == [left] * len(ALL), days


async def test_tidying_twice_on_one_day_keeps_the_figures_of_the_day_before(
    database: Database, clock: FrozenClock
) -> None:
    await _a_talk(database, 1, NOON - timedelta(days=1, hours=10))
    for _ in range(2):
        await tidy(database, clock=clock, keep_days=1, kept=frozenset())
        clock.move(timedelta(hours=8))
        assert await _days(database) == {"2026-11-19": 1}


async def test_a_day_whose_talks_are_forgotten_keeps_its_figure(
    database: Database, clock: FrozenClock
) -> None:
    await _a_talk(database, 1, NOON - timedelta(days=1))
    for _ in range(4):
        await tidy(database, clock=clock, keep_days=1, kept=frozenset())
        clock.move(timedelta(days=1))
    assert (await _left(database))[1] == 0
    assert await _days(database) == {"2026-11-19": 1}


async def test_what_is_not_ended_is_kept_whatever_its_age(
    database: Database, clock: FrozenClock
) -> None:
    old = NOON - timedelta(days=400)
    await _a_talk(database, 1, old, done=False)
    await _a_talk(database, 2, old, status="created")
    await _a_talk(database, 3, old, status="sending")
    await _a_talk(database, 4, NOON - timedelta(days=4))
    await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    assert await _left(database) == [2, 1, 3, 1]
    await tidy(database, clock=clock, keep_days=90, kept=frozenset({"telegram"}))
    assert await _left(database) == [2, 1, 1, 1]


@pytest.mark.parametrize("status", ["sent", "failed", "uncertain"])
async def test_however_a_reply_ended_nothing_tells_of_an_old_talk_any_more(
    database: Database, clock: FrozenClock, status: str
) -> None:
    for number, days in ((1, 91), (2, 4)):
        since = NOON - timedelta(days=days)
        await _a_talk(database, number, since, status=status)
        async with database.writing() as connection:
            left = {"conversation": f"telegram:{number}", "reason": "blocked", "since": since}
            await connection.execute(insert(unreachable).values(left))
    await tidy(database, clock=clock, keep_days=90, kept=frozenset())
    assert await _left(database) == [1, 1, 1, 1]
    async with database.reading() as connection:
        known = await connection.execute(select(unreachable.c.conversation))
        assert list(known.scalars()) == ["telegram:2"]


async def test_a_day_ends_at_midnight_in_viet_nam_and_is_counted_once(database: Database) -> None:
    before, after = (datetime(2026, 11, 19, hour, tzinfo=UTC) for hour in (16, 18))
    await _a_talk(database, 1, before)
    await _a_talk(database, 2, after)
    assert await count_days(database, now=NOON) == 1
    assert await count_days(database, now=NOON) == 1
    assert await count_days(database, now=NOON + timedelta(days=1)) == 1
    async with database.reading() as connection:
        rows = await connection.execute(select(daily_turns).order_by("day"))
        assert [(row.day, row.turns) for row in rows] == [("2026-11-19", 1), ("2026-11-20", 1)]
