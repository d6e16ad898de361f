"""A flood of Zalo's webhook: so many signed calls a second, from people of a commune.

The program runs as a process of its own; the calls are made before they are counted, and each is
due at its own moment, so one that waits behind others is late from there. Prints what was reached,
how long the 200 took, what the program's memory did, and whether all it thanked for is stored.

python -m benchmarks.zalo_flood [RATE] [SECONDS] [--postgres]
"""

from __future__ import annotations

import asyncio
import gc
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import func, insert, select

from bot.channels.zalo.accounts import AccountStatus
from bot.storage.arrival_rows import waiting_arrivals
from bot.storage.database import Database, create_database
from bot.storage.migrate import migrate
from bot.storage.zalo_tables import arrivals, zalo_accounts
from bot.vault.keyring import new_key
from tests.fakes.furnished import furnish
from tests.fakes.postgres import start_postgres
from tests.fakes.program import running

PEOPLE = 2_000
CONNECTIONS = 512
PATIENCE = 300.0
OA, APP, SECRET = "2491302944280861639", "4567890123456789012", "a-secret-of-the-webhook"
PORT, POSTGRES_PORT = 19_480, 19_433
OK = b"HTTP/1.1 200"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What came of a flood: seconds from when each call was due until its answer."""

    seconds: float
    waits: Sequence[float]
    acknowledged: int

    @property
    def rate(self) -> float:
        return len(self.waits) / self.seconds

    def quantile(self, share: float) -> float:
        ordered = sorted(self.waits)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]


def calls(count: int, host: str) -> Iterator[bytes]:
    """Make ``count`` requests, as they go over the line."""
    stamp = int(time.time() * 1000)
    for number in range(count):
        told = {
            "app_id": APP,
            "sender": {"id": str(10**18 + number % PEOPLE)},
            "recipient": {"id": OA},
            "event_name": "user_send_text",
            "message": {"msg_id": f"{stamp}{number:08}", "text": "làm giấy khai sinh cần gì"},
            "timestamp": str(stamp + number),
        }
        yield request(json.dumps(told, ensure_ascii=False).encode(), told["timestamp"], host)


def request(body: bytes, stamp: object, host: str) -> bytes:
    mac = hashlib.sha256(APP.encode() + body + f"{stamp}{SECRET}".encode()).hexdigest()
    head = (
        f"POST /webhooks/zalo HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        f"X-ZEvent-Signature: mac={mac}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def flood(url: str, requests: Sequence[bytes], rate: float) -> Told:
    """Send the requests at ``rate`` a second over connections that stay open."""
    waits: list[float] = []
    acknowledged = 0
    due = iter(enumerate(requests))
    address = urlsplit(url)
    started = time.perf_counter()

    async def one() -> None:
        nonlocal acknowledged
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        for number, call in due:
            at = started + number / rate
            if (early := at - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            writer.write(call)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length(head))
            waits.append(time.perf_counter() - at)
            acknowledged += head.startswith(OK)
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return Told(seconds=time.perf_counter() - started, waits=waits, acknowledged=acknowledged)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


async def connect(database: Database) -> None:
    """Let the account be an office's."""
    row = {"oa_id": OA, "office": "xa-mau", "status": AccountStatus.CONNECTED}
    async with database.writing() as connection:
        await connection.execute(insert(zalo_accounts).values(row))


async def stored(database: Database) -> tuple[int, int]:
    """Give how many calls are stored, and how many of them are not sorted yet."""
    async with database.reading() as connection:
        count = (await connection.execute(select(func.count()).select_from(arrivals))).scalar_one()
        return int(count), await waiting_arrivals(connection)


@asynccontextmanager
async def _database(folder: Path, url: str) -> AsyncIterator[Database]:
    file = furnish(folder)
    database = create_database(url or f"sqlite+aiosqlite:///{file}")
    if url:
        await migrate(database)
    yield database
    await database.close()


def _memory(process: int) -> float:
    """Give the megabytes a process holds."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _used(process: int) -> float:
    """Give the seconds of processor time a process has used."""
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


async def main(rate: int, seconds: int, url: str) -> None:
    gc.freeze()
    environment = {
        "ZALO_APP_ID": APP, "ZALO_APP_SECRET": "a-secret-of-the-app",
        "ZALO_WEBHOOK_SECRETS": SECRET, "PUBLIC_URL": "https://example.vn",
        "DATA_KEYS": new_key("bench"),
        "ZALO_API_URL": "http://127.0.0.1:9", "ZALO_OAUTH_URL": "http://127.0.0.1:9",
        "ZALO_BUSINESS_URL": "http://127.0.0.1:9",
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        async with _database(Path(folder), url) as database:
            await connect(database)
            if url:
                environment["DATABASE_URL"] = url
            async with running(Path(folder), PORT, **environment) as program:
                await _measure(program.url, program.process.pid, database, rate, seconds)


async def _measure(url: str, process: int, database: Database, rate: int, seconds: int) -> None:
    host = url.removeprefix("http://")
    await flood(url, list(calls(rate, host)), rate / 4)
    await _emptied(database)
    requests = list(calls(rate * seconds, host))
    before, known = _memory(process), (await stored(database))[0]
    used = _used(process)
    told = await flood(url, requests, rate)
    used = _used(process) - used
    after, (count, waiting) = _memory(process), await stored(database)
    load = os.getloadavg()[0]
    print(f"asked for {rate}/s for {seconds} s, reached {told.rate:.0f}/s; load {load:.1f}")
    half, most = told.quantile(0.5), told.quantile(0.99)
    print(f"seconds to an answer: p50 {half:.3f}, p99 {most:.3f}, at most {max(told.waits):.3f}")
    print(f"the program's processor time: {used / len(requests) * 1e6:.0f} µs a call")
    print(f"acknowledged {told.acknowledged}, stored {count - known}, not sorted yet {waiting}")
    print(f"memory before {before:.0f} MB, after {after:.0f} MB")
    took, left = await _emptied(database)
    print(f"sorted {took:.0f} s later (left {left}), memory then {_memory(process):.0f} MB")


async def _emptied(database: Database) -> tuple[float, int]:
    """Wait until all is sorted, patience permitting; give how long that took, and what is left."""
    started = time.perf_counter()
    while True:
        left, took = (await stored(database))[1], time.perf_counter() - started
        if not left or took > PATIENCE:
            return took, left
        await asyncio.sleep(1)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    asked, lasting = (*numbers, *(2_000, 30)[len(numbers) :])[:2]
    server = start_postgres(POSTGRES_PORT) if "--postgres" in sys.argv else None
    asyncio.run(main(asked, lasting, server.url if server else ""))
    if server:
        server.stop()
