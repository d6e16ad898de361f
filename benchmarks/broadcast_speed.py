"""Deliveries a second against a gateway that answers at once, beside a naive loop, and memory.

python -m benchmarks.broadcast_speed [RECIPIENTS]
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from itertools import count
from math import inf
from pathlib import Path
from typing import Self

import psutil
from sqlalchemy import select, update

from bot.bell import Bell
from bot.clock import SystemClock
from bot.delivery.ledger import SqlLedger
from bot.storage.broadcast_tables import deliveries
from bot.storage.claim_rows import Owner
from bot.storage.database import Database, create_database
from bot.storage.ledger_rows import progress
from bot.storage.migrate import migrate
from broadcasts.delivery.answers import Answer
from broadcasts.delivery.lane import Lane
from broadcasts.delivery.ports import Letter
from broadcasts.models import DeliveryStatus, NewsText, Route, RunId
from tests.conftest import NOON
from tests.fakes.news import a_run
from tests.fakes.postgres import start_postgres

PORT = 19_433
LOOP_SECONDS = 8.0
TEXT = NewsText(title="Tin", body="Nội dung")
NUMBERS = count(1_000_000)


class AtOnce:
    """A gateway that answers at once."""

    at_once = 100
    rate = inf
    silence = 0.0

    def account(self, address: str) -> str:  # noqa: ARG002 - there is one
        return ""

    async def turn(self, address: str) -> Self:  # noqa: ARG002 - all alike
        return self

    def over(self) -> None:
        """Leave nothing behind."""

    async def send(self, letter: Letter) -> Answer:
        return Answer(external_id=str(letter.delivery))


class NeverQuiet:
    def quiet_until(self, office: str, at: datetime) -> datetime | None:  # noqa: ARG002
        return None


async def engine(database: Database, run: RunId, recipients: int) -> float:
    """Send a whole run as the program does."""
    clock = SystemClock()
    ledger = SqlLedger(database, Owner(name="bench"), clock=clock, bell=Bell())
    lane = Lane(Route.TELEGRAM, AtOnce(), ledger, clock=clock, hours=NeverQuiet())
    started = time.perf_counter()
    while run not in await ledger.finish():
        while not await lane.round():
            pass
    seconds = time.perf_counter() - started
    assert await _sent(database, run) == recipients
    return recipients / seconds


async def naive(database: Database, run: RunId) -> float:
    """Take one, send it, write it down, for a while."""
    gateway, sent = AtOnce(), 0
    started = time.perf_counter()
    row = deliveries.c
    pending = select(row.id).where(row.run == run, row.status == "pending").order_by(row.id)
    while (seconds := time.perf_counter() - started) < LOOP_SECONDS:
        async with database.writing() as connection:
            number = (await connection.execute(pending.limit(1))).scalar()
            if number is None:
                break
            await gateway.send(
                Letter(delivery=number, route=Route.TELEGRAM, address="", text=TEXT)
            )
            ended = update(deliveries).where(row.id == number)
            await connection.execute(ended.values(status="sent", ended_at=NOON))
        sent += 1
    return sent / seconds


async def _sent(database: Database, run: RunId) -> int:
    async with database.reading() as connection:
        told = await progress(connection, run, NOON)
    return told.counts.get(DeliveryStatus.SENT, 0) if told else 0


async def progress_ms(database: Database, run: RunId) -> float:
    """Give the middle of nine looks at where a run stands."""
    took = []
    for _ in range(9):
        started = time.perf_counter()
        await _sent(database, run)
        took.append((time.perf_counter() - started) * 1000)
    return sorted(took)[4]


async def measured(kind: str, database: Database, recipients: int) -> None:
    memory = psutil.Process().memory_info
    run = await _filled(database, recipients)
    before = memory().rss
    pending_ms = await progress_ms(database, run)
    rate = await engine(database, run, recipients)
    grown = (memory().rss - before) / 2**20
    loop = await naive(database, await _filled(database, recipients))
    print(
        f"{kind:11}{rate:8.0f}/s, one by one {loop:6.0f}/s, ratio {rate / loop:5.1f}; "
        f"progress of {recipients}: {pending_ms:.0f} ms pending, "
        f"{await progress_ms(database, run):.0f} ms sent; "
        f"memory {memory().rss / 2**20:.0f} MiB, grown by {grown:.0f}"
    )


async def _filled(database: Database, recipients: int) -> RunId:
    addresses = [str(next(NUMBERS)) for _ in range(recipients)]
    return await a_run(database, addresses, began_at=SystemClock().now() - timedelta(minutes=1))


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    database = create_database(url)
    await migrate(database)
    yield database
    await database.close()


async def main(recipients: int) -> None:
    server = start_postgres(PORT, durable=True)
    try:
        async with opened(server.url) as database:
            await measured("PostgreSQL", database, recipients)
    finally:
        server.stop()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "news.sqlite3"
        async with opened(f"sqlite+aiosqlite:///{file}") as database:
            await measured("SQLite", database, recipients)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
