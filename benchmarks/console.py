"""Milliseconds of every page of the console over a busy province: 100,000 questions, 6,000 cards.

python -m benchmarks.console [TIMES] [PAGE…] [--postgres]

Each page is asked for TIMES times over HTTP on this machine, by an officer who may see everything;
client and server share the process, so the figures tell a little too much. PAGE is the beginning
of a page's name, such as lint. A page that is worked out first says so and asks again by itself:
those answers are timed apart, with the seconds until it was ready. Ends with 1 when the 95th
percentile of a page is over 150 ms.
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
from bot.commands.serve import SWITCH_SECONDS
from bot.console.app import create_console, mount
from bot.console.rooms import ROOMS, ways_of
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
MOST_SECONDS: Final = 120.0
AGAIN_SECONDS: Final = 0.5
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


async def _asked(seat: Seat, path: str) -> tuple[float, bool]:
    """Give the milliseconds one answer took, and whether it was the page, not that it is made."""
    started = time.perf_counter()
    shown = await seat.get(path)
    taken = (time.perf_counter() - started) * 1000
    if shown.status != HTTPStatus.OK:
        raise LookupError(f"{path}: {shown.status} {shown.where} {shown.heading}")
    return taken, "Refresh" not in shown.headers


async def _primed(seat: Seat, path: str) -> tuple[list[float], float]:
    """Ask until the page is there; give what the answers took before, and the seconds in all."""
    before: list[float] = []
    started = time.perf_counter()
    while time.perf_counter() - started < MOST_SECONDS:
        taken, ready = await _asked(seat, path)
        if ready:
            return before, time.perf_counter() - started
        before.append(taken)
        await asyncio.sleep(AGAIN_SECONDS)
    raise LookupError(f"{path}: not ready after {MOST_SECONDS} s")


async def _timed(seat: Seat, path: str, times: int) -> list[float]:
    return [taken for taken, _ in [await _asked(seat, path) for _ in range(times)]]


def _is_slow(name: str, taken: list[float], beside: str = "") -> bool:
    """Print the line of one page; tell whether it is over the goal."""
    told = sorted(taken)
    p50, p95 = (told[int(len(told) * share)] for share in (0.5, 0.95))
    late = "  OVER THE GOAL" if p95 > GOAL_MS else ""
    print(f"{name:28} p50 {p50:7.1f}  p95 {p95:7.1f}  max {told[-1]:7.1f} ms{beside}{late}")
    return p95 > GOAL_MS


async def _page_is_slow(seat: Seat, name: str, path: str, times: int) -> bool:
    before, seconds = await _primed(seat, path)
    slow = False
    if before:
        slow = _is_slow(f"{name} (running)", before, f"  ready after {seconds:.1f} s")
    return _is_slow(name, await _timed(seat, path, times)) or slow


async def _measure(house: House, times: int, wanted: tuple[str, ...]) -> bool:
    app = create_app(house)
    mount(app, create_console(house))
    slow = False
    async with TestClient(TestServer(app), cookie_jar=DummyCookieJar()) as client:
        reception = Reception(cast("ConsoleHouse", house), client)
        seat = await reception(*Role, office=EVERYWHERE, sure=True)
        # As in serve.
        gc.freeze()
        sys.setswitchinterval(SWITCH_SECONDS)
        for way in (one for one in PAGES if one.name.startswith(wanted)):
            path = way.path.format(**await _parts(house, way))
            try:
                slow |= await _page_is_slow(seat, way.name, path, times)
            except LookupError as fault:
                # One page that cannot be opened must not hide the figures of the others.
                print(f"{way.name:28} not timed: {fault}")
                slow = True
    return slow


async def main(times: int, wanted: tuple[str, ...], database_url: str = "") -> bool:
    with tempfile.TemporaryDirectory() as folder:
        environment = {"DATA_DIR": folder, "DATABASE_URL": database_url}
        settings = Settings.from_env(environment)
        await _furnished(settings)
        clock = FrozenClock(NOW)
        async with build(settings, clock=clock) as house:
            return await _measure(house, times, wanted)


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    wished = numbers[0] if numbers else 200
    pages = tuple(one for one in sys.argv[1:] if one[0].isalpha()) or ("",)
    if "--postgres" in sys.argv:
        server = start_postgres(POSTGRES_PORT)
        try:
            over = asyncio.run(main(wished, pages, server.url))
        finally:
            server.stop()
    else:
        over = asyncio.run(main(wished, pages))
    sys.exit(over)
