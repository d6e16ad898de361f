"""What officers do with a run, on both databases: done once, remembered, refused when too late."""

from __future__ import annotations

import json

import pytest

from bot.casework.deeds import acting
from bot.newsroom import running
from bot.newsroom.running import NoSuchRun, RunMoved
from bot.officials.audit import By
from bot.storage.audit_rows import following
from bot.storage.broadcast_tables import deliveries, runs
from bot.storage.claim_rows import running_runs
from bot.storage.database import Database
from bot.storage.run_rows import finish_done
from broadcasts.models import DeliveryId, DeliveryStatus, Route, RunId, RunStatus
from tests.conftest import NOON, FrozenClock
from tests.fakes.news import a_run, ledger_of, status_of

LAN = By(officer=7, actor="Lan")


async def _deeds(database: Database) -> list[tuple[str, str, str]]:
    async with database.reading() as connection:
        entries = await following(connection, None, 99)
    return [(one.action, one.actor, json.loads(one.body)["note"]) for one in entries]


async def _ends(database: Database, run: RunId, *statuses: DeliveryStatus) -> list[DeliveryId]:
    """Let the rows of a run end so, in order."""
    async with database.writing() as connection:
        wanted = deliveries.select().where(deliveries.c.run == run).order_by(deliveries.c.id)
        ids = [row.id for row in await connection.execute(wanted)]
        for number, status in zip(ids, statuses, strict=True):
            row = deliveries.update().where(deliveries.c.id == number)
            await connection.execute(row.values(status=status))
    return ids


async def test_a_run_is_paused_gone_on_with_and_cancelled(
    database: Database, clock: FrozenClock
) -> None:
    run = await a_run(database, ["1", "2"])
    async with acting(database, clock, LAN) as doing:
        await running.pause(doing, run, note="chờ đính chính")
    assert await status_of(database, run) == ("paused", "officer")
    async with acting(database, clock, LAN) as doing:
        with pytest.raises(RunMoved) as moved:
            await running.pause(doing, run)
        assert moved.value.status is RunStatus.PAUSED
        await running.resume(doing, run)
        with pytest.raises(RunMoved):
            await running.resume(doing, run)
        assert await running.cancel(doing, run) == 2
        with pytest.raises(RunMoved):
            await running.cancel(doing, run)
        with pytest.raises(RunMoved):
            await running.retry_failed(doing, run)
        with pytest.raises(RunMoved):
            await running.skip_unserved(doing, run, [Route.ZALO_CS])
        with pytest.raises(NoSuchRun):
            await running.pause(doing, RunId(999))
    assert await ledger_of(database, run) == [
        ("1", "skipped", "cancelled"),
        ("2", "skipped", "cancelled"),
    ]
    assert await _deeds(database) == [
        ("run_paused", "Lan", "chờ đính chính"),
        ("run_resumed", "Lan", ""),
        ("run_cancelled", "Lan", ""),
    ]


async def test_what_failed_is_sent_again_and_what_is_uncertain_only_when_chosen(
    database: Database, clock: FrozenClock
) -> None:
    run = await a_run(database, ["1", "2", "3", "4"])
    sent, failed, *unclear = await _ends(
        database,
        run,
        DeliveryStatus.SENT,
        DeliveryStatus.FAILED,
        DeliveryStatus.UNCERTAIN,
        DeliveryStatus.UNCERTAIN,
    )
    async with acting(database, clock, LAN) as doing:
        assert await running.retry_failed(doing, run) == 1
        # Nothing is left to retry: that is no act, and no deed in the audit.
        assert await running.retry_failed(doing, run) == 0
        assert await running.resend_uncertain(doing, run, [sent, failed, unclear[0]]) == 1
        assert await running.settle(doing, run, unclear[1], arrived=False)
        assert not await running.settle(doing, run, unclear[1], arrived=True)
    assert [row[1:] for row in await ledger_of(database, run)] == [
        ("sent", ""),
        ("pending", ""),
        ("pending", ""),
        ("failed", "settled"),
    ]
    assert [one[0] for one in await _deeds(database)] == [
        "run_retried",
        "run_resent",
        "run_settled",
    ]


async def test_what_waits_for_a_way_nobody_serves_is_given_up_by_an_officers_word(
    database: Database, clock: FrozenClock
) -> None:
    run = await a_run(database, ["1", "2"], route=Route.ZALO_CS)
    async with acting(database, clock, LAN) as doing:
        assert await running.skip_unserved(doing, run, [Route.ZALO_TEMPLATE]) == 0
        assert await running.skip_unserved(doing, run, [Route.ZALO_CS]) == 2
    assert {row[1:] for row in await ledger_of(database, run)} == {("skipped", "no_route")}


async def test_a_missed_run_begins_by_an_officers_word_and_waits_for_its_ledger(
    database: Database, clock: FrozenClock
) -> None:
    run = await a_run(database, [])
    async with database.writing() as connection:
        missed = runs.update().where(runs.c.id == run)
        await connection.execute(missed.values(status=RunStatus.MISSED, began_at=None))
    async with acting(database, clock, LAN) as doing:
        with pytest.raises(RunMoved):
            await running.resume(doing, run)
        await running.start_missed(doing, run)
        with pytest.raises(RunMoved):
            await running.start_missed(doing, run)
        assert await finish_done(doing.connection, NOON) == []
        assert await running_runs(doing.connection) == []
    assert await status_of(database, run) == ("running", "")
