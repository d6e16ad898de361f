"""Seconds and memory to plan a broadcast to 100,000 people, beside a loop that inserts each.

The loop is measured with a tenth of them and told for all.

python -m benchmarks.broadcast_planning [PEOPLE] [--postgres]
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from bot.storage.broadcast_tables import deliveries, subscribers
from bot.storage.database import Database, create_database
from bot.storage.migrate import migrate
from bot.storage.recipient_rows import forecast, plan_deliveries
from broadcasts.models import Audience, Consent, ReaderKind, SubscriberStatus
from broadcasts.routes import WAYS_OF, Ways, way
from tests.fakes.postgres import start_postgres

AT = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
POSTGRES_PORT = 19_433
MOST_SECONDS, MOST_MEGABYTES = 10.0, 150.0
CHANNELS = tuple(WAYS_OF)
OFFICES = tuple(f"xa-{number}" for number in range(50))
AUDIENCE = Audience(offices=OFFICES)
SEEDED = 1_000
TENTH = 10


def _readers(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "channel": CHANNELS[number % 3],
            "address": f"{number:012}",
            "office": OFFICES[number % len(OFFICES)],
            "kind": ReaderKind.CITIZEN,
            "person": f"p{number}",
            "status": SubscriberStatus.ACTIVE,
            "consent": Consent.CHAT,
            "agreed_at": AT,
            "changed_at": AT,
            "seen_at": AT - timedelta(hours=number % 100),
        }


async def _seed(database: Database, count: int) -> None:
    readers = _readers(count)
    async with database.unhurried().writing() as connection:
        while some := [one for one, _ in zip(readers, range(SEEDED), strict=False)]:
            await connection.execute(insert(subscribers), some)


async def _planned(database: Database, run: int) -> float:
    started = time.perf_counter()
    async with database.writing() as connection:
        await plan_deliveries(connection, run, AUDIENCE, offices=OFFICES, at=AT)
    return time.perf_counter() - started


async def _foretold(database: Database) -> float:
    started = time.perf_counter()
    async with database.reading() as connection:
        await forecast(connection, AUDIENCE, offices=OFFICES, at=AT)
    return time.perf_counter() - started


async def _one_by_one(database: Database, run: int) -> float:
    """Plan as a loop would: read everybody, choose, insert each."""
    started = time.perf_counter()
    async with database.unhurried().writing() as connection:
        some = select(subscribers).where(subscribers.c.id % TENTH == 0)
        for row in (await connection.execute(some)).all():
            route = way(
                row.channel,
                row.office,
                row.seen_at,
                open_ways=Ways().open(()),
                ways=Ways(),
                at=AT,
            )
            if route is not None:
                await connection.execute(
                    insert(deliveries).values(
                        run=run,
                        route=route,
                        subscriber=row.id,
                        address=row.address,
                        status="pending",
                        not_before=AT,
                    )
                )
    return (time.perf_counter() - started) * TENTH


def _megabytes() -> float:
    """Give the most memory this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def main(count: int, url: str, kind: str) -> int:
    database = create_database(url)
    await migrate(database)
    await _seed(database, count)
    before = _megabytes()
    told = await _foretold(database)
    took = await _planned(database, 1)
    held = _megabytes()
    async with database.reading() as connection:
        rows = (await connection.execute(select(func.count()).select_from(deliveries))).scalar()
    naive = await _one_by_one(database, 2)
    await database.close()
    print(f"{kind}: {count:,} subscribers, {rows:,} deliveries")
    print(f"foretold      {told:7.2f} s")
    print(f"planned       {took:7.2f} s   {held:5.0f} MB held at most ({before:.0f} MB before)")
    print(
        f"one by one    {naive:7.2f} s   {_megabytes():5.0f} MB   {naive / took:.0f} times as long"
    )
    return 0 if took <= MOST_SECONDS and held <= MOST_MEGABYTES else 1


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    people = numbers[0] if numbers else 100_000
    if "--postgres" in sys.argv:
        server = start_postgres(POSTGRES_PORT)
        try:
            code = asyncio.run(main(people, server.url, "PostgreSQL"))
        finally:
            server.stop()
    else:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "bench.sqlite3"
            code = asyncio.run(main(people, f"sqlite+aiosqlite:///{file}", "SQLite"))
    sys.exit(code)
