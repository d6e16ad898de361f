"""Milliseconds of every page of the console over a busy province: 100,000 questions, 6,000 cards.

python -m benchmarks.console [TIMES] [--postgres]

Each page is asked for TIMES times over HTTP on this machine, by an officer who may see everything;
client and server share the process, so the figures tell a little too much. Ends with 1 when the
95th percentile of a page is over 150 ms.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import tempfile
import time
from dataclasses import replace
from http import HTTPStatus
from itertools import count
from typing import Final, cast

from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from benchmarks.console_seed import NOW, seed
from benchmarks.search_quality import snapshot_with_catalogue
from bot.bootstrap import House, build
from bot.console.app import ROOMS, create_console, mount, ways_of
from bot.console.routing import Gate, Way
from bot.officials.models import EVERYWHERE, Role
from bot.settings import Settings
from bot.storage.opening import open_database
from bot.web.app import create_app
from knowledge.content import content_fingerprint
from knowledge.models import Snapshot
from knowledge.repository import SqlSnapshotStore
from knowledge.testing import make_procedure
from tests.conftest import FrozenClock
from tests.fakes.console import ConsoleHouse, Reception, Seat
from tests.fakes.postgres import start_postgres
from tests.integration.console.made.kinds import Parts
from tests.integration.console.objects import OBJECTS, OWN_PARTS

GOAL_MS: Final = 150.0
CARDS: Final = 6_000
POSTGRES_PORT: Final = 19_433
BEFORE_THE_DOOR: Final = frozenset({Gate.OPEN, Gate.SECOND, Gate.ENROL, Gate.ANY})
PAGES: Final = [
    way for way in ways_of(ROOMS) if way.method == "GET" and way.rule not in BEFORE_THE_DOOR
]


def _content() -> Snapshot:
    known = snapshot_with_catalogue()
    lacking = CARDS - len(known.procedures)
    more = (make_procedure(f"9.{number:06d}", f"Thủ tục thứ {number}") for number in count(1))
    padding = tuple(next(more) for _ in range(lacking))
    return replace(known, procedures=(*known.procedures, *padding))


async def _furnished(settings: Settings) -> None:
    content = _content()
    async with open_database(settings) as database:
        store = SqlSnapshotStore(database.unhurried())
        await store.publish_content(content, name=content_fingerprint())
        codes = [office.code for office in content.offices]
        await seed(database.unhurried(), [str(code) for code in codes])


async def _parts(house: House, way: Way) -> Parts:
    if way.of is None:
        return OWN_PARTS.get(way.name, {})
    office = house.conversation.desk.office
    stand_in = cast("ConsoleHouse", house)
    for code in (office.code if office else EVERYWHERE, EVERYWHERE):
        parts = await OBJECTS[way.of](stand_in, code)
        if parts is not None:
            return parts
    raise LookupError(way.name)


async def _timed(seat: Seat, path: str, times: int) -> list[float]:
    found = []
    for _ in range(times):
        started = time.perf_counter()
        shown = await seat.get(path)
        found.append((time.perf_counter() - started) * 1000)
        if shown.status != HTTPStatus.OK:
            raise LookupError(f"{path}: {shown.status} {shown.where} {shown.heading}")
    return sorted(found)


async def _measure(house: House, times: int) -> bool:
    app = create_app(house)
    mount(app, create_console(house))
    slow = False
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        reception = Reception(cast("ConsoleHouse", house), client)
        seat = await reception(*Role, office=EVERYWHERE, sure=True)
        gc.freeze()
        for way in PAGES:
            path = way.path.format(**await _parts(house, way))
            try:
                await _timed(seat, path, 1)
                taken = await _timed(seat, path, times)
            except LookupError as fault:
                # One page that cannot be opened must not hide the figures of the others.
                print(f"{way.name:28} not timed: {fault}")
                slow = True
                continue
            p50, p95 = (taken[int(len(taken) * share)] for share in (0.5, 0.95))
            late = p95 > GOAL_MS
            slow |= late
            mark = "  OVER THE GOAL" if late else ""
            print(f"{way.name:28} p50 {p50:7.1f}  p95 {p95:7.1f}  max {taken[-1]:7.1f} ms{mark}")
    return slow


async def main(times: int, database_url: str = "") -> bool:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DATA_DIR": folder, "DATABASE_URL": database_url}
        settings = Settings.from_env(environment)
        await _furnished(settings)
        clock = FrozenClock(NOW)
        async with build(settings, clock=clock) as house:
            return await _measure(house, times)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    wished = numbers[0] if numbers else 200
    if "--postgres" in sys.argv:
        server = start_postgres(POSTGRES_PORT)
        try:
            over = asyncio.run(main(wished, server.url))
        finally:
            server.stop()
    else:
        over = asyncio.run(main(wished))
    sys.exit(over)
