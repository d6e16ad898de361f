"""The ledger counted for a report, on both databases, equals a slow count of its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from bot.clock import VIETNAM
from bot.storage.broadcast_tables import deliveries, subscribers
from bot.storage.daily_rows import midnight
from bot.storage.database import Database
from bot.storage.sent_kinds import sent_by_kind
from bot.storage.tally_rows import left_soon, sent_by_minute, tallies_of
from broadcasts.models import DeliveryStatus, Route
from broadcasts.reports.kinds import SentKind
from broadcasts.reports.sending import Tally
from broadcasts.timing import Period
from tests.conftest import NOON
from tests.fakes.news import OFFICE, a_run

SENT = [f"7{number}" for number in range(5)]
BLOCKED = "80"
UNKNOWN = "81"


async def test_alike_rows_minutes_and_leavers_are_counted(database: Database) -> None:
    run = await a_run(database, [*SENT, BLOCKED, UNKNOWN])
    await a_run(database, ["another"])
    rows, readers = deliveries.c, subscribers.c
    ends = {address: NOON + timedelta(seconds=20 * n) for n, address in enumerate(SENT)}
    async with database.writing() as connection:
        for address, at in ends.items():
            values = {"status": DeliveryStatus.SENT, "ended_at": at, "attempts": 1}
            row = update(deliveries).where(rows.run == run, rows.address == address)
            await connection.execute(row.values(values))
        again = update(deliveries).where(rows.run == run, rows.address == BLOCKED)
        await connection.execute(
            again.values(status=DeliveryStatus.FAILED, code="blocked", attempts=3)
        )
        forgotten = update(deliveries).where(rows.run == run, rows.address == UNKNOWN)
        await connection.execute(forgotten.values(subscriber=999_999))
        # Before it, soon after it, long after it.
        for address, at in zip(
            SENT,
            (NOON - timedelta(hours=1), NOON + timedelta(hours=1), NOON + timedelta(days=9)),
            strict=False,
        ):
            leaver = update(subscribers).where(readers.address == address)
            await connection.execute(leaver.values(status="opted_out", changed_at=at))
        told = update(deliveries).where(rows.run == run, rows.address.in_(SENT[:2]))
        await connection.execute(told.values(received_at=NOON))
        seen = update(deliveries).where(rows.run == run, rows.address == SENT[0])
        await connection.execute(seen.values(seen_at=NOON))
    async with database.reading() as connection:
        found = await tallies_of(connection, [run])
        minutes = await sent_by_minute(connection, [run])
        left = await left_soon(connection, [run], max(ends.values()))
    sent = Tally(
        status=DeliveryStatus.SENT,
        code="",
        route=Route.TELEGRAM,
        office=OFFICE,
        kind="citizen",
        rows=5,
        again=0,
        received=2,
        seen=1,
    )
    open_ = replace(
        sent, status=DeliveryStatus.PENDING, office="", kind="", rows=1, received=0, seen=0
    )
    failed = replace(
        sent, status=DeliveryStatus.FAILED, code="blocked", rows=1, again=2, received=0, seen=0
    )
    assert sorted(found, key=lambda one: one.status) == [failed, open_, sent]
    assert minutes == {NOON: 3, NOON + timedelta(minutes=1): 2}
    assert left == 1


async def test_no_runs_have_no_figures(database: Database) -> None:
    async with database.reading() as connection:
        assert await tallies_of(connection, []) == []
        assert await sent_by_minute(connection, []) == {}
        assert await left_soon(connection, [], NOON) == 0


async def test_what_an_office_sent_is_counted_by_kind_where_it_reached_somebody(
    database: Database,
) -> None:
    day = NOON.astimezone(VIETNAM).date()
    last = midnight(day + timedelta(days=1)) - timedelta(seconds=1)
    sent = await a_run(database, SENT, began_at=last)
    rows = deliveries.c
    for run in (
        await a_run(database, ["elsewhere"], office="xa-khac"),
        await a_run(database, ["tomorrow"], began_at=last + timedelta(seconds=1)),
        sent,
    ):
        async with database.writing() as connection:
            done = update(deliveries).where(rows.run == run, rows.address != SENT[0])
            await connection.execute(done.values(status=DeliveryStatus.SENT))
    await a_run(database, ["nobody-yet"])
    async with database.reading() as connection:
        here = await sent_by_kind(connection, OFFICE, Period(day, day))
        everywhere = await sent_by_kind(connection, "", Period(day, day))
    assert here == [SentKind(kind="law", texts=1, runs=1, reached=len(SENT) - 1)]
    assert everywhere == [SentKind(kind="law", texts=2, runs=2, reached=len(SENT))]
