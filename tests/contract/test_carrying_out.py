"""What is asked of many rows is begun at once and gone on with in portions, on both databases."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.bell import Bell
from bot.casework.deeds import acting
from bot.delivery.ledger import SqlLedger
from bot.newsroom import running
from bot.newsroom.carrying_out import carry_out
from bot.newsroom.running import RunMoved
from bot.officials.audit import By
from bot.storage.asked_rows import PORTION
from bot.storage.broadcast_tables import deliveries, runs
from bot.storage.claim_rows import Owner
from bot.storage.database import Database
from broadcasts.models import DeliveryStatus, Route, RunId, RunStatus
from tests.conftest import NOON, FrozenClock
from tests.fakes.news import a_run, ledger_of, mark_subscriber, status_of
from tests.fakes.newsroom import a_realm

LAN = By(officer=7, actor="Lan")
MANY = PORTION + 100


async def _states(database: Database, run: RunId) -> Counter[str]:
    return Counter(status for _, status, _ in await ledger_of(database, run))


async def _many(database: Database, status: DeliveryStatus, route: Route) -> RunId:
    run = await a_run(database, [str(number) for number in range(MANY)], route=route)
    async with database.writing() as connection:
        rows = update(deliveries).where(deliveries.c.run == run)
        await connection.execute(rows.values(status=status, ended_at=NOON - timedelta(hours=1)))
    return run


async def _carried_out(database: Database, clock: FrozenClock) -> int:
    return await carry_out(database, clock, a_realm)


async def test_a_cancelled_run_sends_nothing_more_while_its_rows_are_skipped(
    database: Database, clock: FrozenClock
) -> None:
    run = await _many(database, DeliveryStatus.PENDING, Route.TELEGRAM)
    async with acting(database, clock, LAN) as doing:
        assert await running.cancel(doing, run) == MANY
    assert await _states(database, run) == {"skipped": PORTION, "pending": MANY - PORTION}
    ledger = SqlLedger(database, Owner(name="here"), clock=clock, bell=Bell())
    assert await ledger.claim(run, Route.TELEGRAM, 10) == ()
    assert await _carried_out(database, clock) == 1
    assert await _states(database, run) == {"skipped": MANY}
    assert await _carried_out(database, clock) == 0


async def test_what_failed_is_all_retried_and_what_fails_afterwards_is_not(
    database: Database, clock: FrozenClock
) -> None:
    run = await _many(database, DeliveryStatus.FAILED, Route.TELEGRAM)
    await mark_subscriber(database, str(MANY - 1), "blocked")
    async with database.writing() as connection:
        over = update(runs).where(runs.c.id == run)
        await connection.execute(over.values(status=RunStatus.FINISHED))
    async with acting(database, clock, LAN) as doing:
        assert await running.retry_failed(doing, run) == MANY - 1
        with pytest.raises(RunMoved):
            await running.retry_failed(doing, run)
    assert await status_of(database, run) == ("running", "")
    async with database.writing() as connection:
        pending = select(deliveries.c.id).where(deliveries.c.status == DeliveryStatus.PENDING)
        again = (await connection.execute(pending.limit(7))).scalars().all()
        late = update(deliveries).where(deliveries.c.id.in_(again))
        await connection.execute(
            late.values(status=DeliveryStatus.FAILED, ended_at=NOON + timedelta(days=9999))
        )
    await _carried_out(database, clock)
    assert await _states(database, run) == {"pending": MANY - 8, "failed": 8}
    assert await _carried_out(database, clock) == 0


async def test_while_failed_rows_are_retried_a_run_is_not_over(
    database: Database, clock: FrozenClock
) -> None:
    run = await _many(database, DeliveryStatus.FAILED, Route.TELEGRAM)
    async with acting(database, clock, LAN) as doing:
        await running.retry_failed(doing, run)
    async with database.writing() as connection:
        pending = update(deliveries).where(deliveries.c.status == DeliveryStatus.PENDING)
        await connection.execute(pending.values(status=DeliveryStatus.SENT))
    ledger = SqlLedger(database, Owner(name="here"), clock=clock, bell=Bell())
    assert await ledger.finish() == []
    await _carried_out(database, clock)
    assert await _states(database, run) == {"sent": PORTION, "pending": MANY - PORTION}


async def test_a_cancel_takes_the_place_of_whatever_was_asked_before(
    database: Database, clock: FrozenClock
) -> None:
    run = await _many(database, DeliveryStatus.PENDING, Route.ZALO_CS)
    routes = [Route.ZALO_CS, Route.ZALO_TEMPLATE]
    async with acting(database, clock, LAN) as doing:
        assert await running.skip_unserved(doing, run, routes) == MANY
        assert await running.cancel(doing, run) == MANY - PORTION
    await _carried_out(database, clock)
    assert await _states(database, run) == {"skipped": MANY}
    codes = Counter(code for _, _, code in await ledger_of(database, run))
    assert codes == {"no_route": PORTION, "cancelled": MANY - PORTION}
