"""How many cases a second are filed, assigned, begun, answered, told of and closed.

python -m benchmarks.feedback_cycles [--cases 100000] [--seconds 20] [--at-once 8] [--processes 1]

On PostgreSQL that waits for its disk, with so many cases stored before. Each act is a transaction
of its own through the use cases, with its event, its notice, its deed in the audit's chain, and
the citizen's message in the outbox. Processes share the database, as those of an office do.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from multiprocessing import get_context
from statistics import quantiles
from threading import Barrier
from typing import Final, TypeVar

from sqlalchemy import insert

from benchmarks.feedback_seed import seed
from bot.casework.deeds import Acting
from bot.channels.kept import KEPT
from bot.feedback.models import Case, Result, UnitId
from bot.handling.afterwards import close
from bot.handling.answering import answer
from bot.handling.assigning import Post, assign, begin
from bot.handling.clockwork import OfficeClockwork
from bot.handling.noticing import Announcer
from bot.officials.models import OfficerId
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.database import create_database
from bot.storage.migrate import migrate
from bot.storage.tables import inbox
from tests.conftest import FrozenClock
from tests.factories import a_citizen
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE, LITTLE
from tests.fakes.postgres import start_postgres

T = TypeVar("T")
PORT: Final = 19_436
DONE: Final = AnswerWords(result=Result.DONE, text="Đã cho dọn sạch ngõ.")


Took = dict[str, list[float]]
# Nobody waits longer for the others, in seconds.
PATIENCE: Final = 120.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where cases are lived through: a database, and who works there."""

    url: str
    unit: UnitId
    officers: dict[str, OfficerId]


class Cycles:
    """Lives cases through, and notes how long each act took."""

    def __init__(self, room: Chamber, part: int) -> None:
        self.room = room
        self.part = part
        self.numbers = count(1)
        self.took: Took = defaultdict(list)
        self.announcer = Announcer(desks=room.desks, kept=KEPT)

    async def timed(self, act: str, doing: Awaitable[T]) -> T:
        began = time.perf_counter()
        result = await doing
        self.took[act].append(time.perf_counter() - began)
        return result

    async def one(self) -> None:
        """Live one case through."""
        room, who = self.room, f"c{self.part}-{next(self.numbers)}"
        case: Case = await self.timed("file", self._file(who))
        to = Post(unit=room.unit, officer=room.officers["minh"])
        await self.timed(
            "assign",
            room.does("hoa", case, lambda d, c: self._told(d, assign(d, room.bureau, c, to))),
        )
        await self.timed("begin", room.does("minh", case, begin))
        await self.timed(
            "answer",
            room.does("minh", case, lambda d, c: self._told(d, answer(d, room.bureau, c, DONE))),
        )
        await self.timed(
            "close", room.does("hoa", case, lambda d, c: close(d, c, "người dân báo đã xong"))
        )

    async def _file(self, who: str) -> Case:
        address = a_citizen(who)
        row = {
            "channel": address.channel,
            "external_id": who,
            "user_id": address.user_id,
            "conversation": address.conversation,
            "kind": "text",
            "text": "rác",
            "masked": "",
            "received_at": self.room.clock.now(),
            "attempts": 1,
            "done": True,
        }
        async with self.room.database.writing() as connection:
            await connection.execute(insert(inbox).values(row))
        return await self.room.filed(who)

    async def _told(self, doing: Acting, act: Awaitable[Case]) -> Case:
        case = await act
        await self.announcer.tell_of(doing.connection, case.id, doing.now)
        return case

    async def going(self, until: float) -> None:
        while time.perf_counter() < until:
            await self.one()


async def _lived(place: Place, together: Barrier, seconds: float, at_once: int, part: int) -> Took:
    database = create_database(place.url)
    room = Chamber(database, FrozenClock(), officers=place.officers)
    room.unit = place.unit
    clockwork = OfficeClockwork(lambda: LITTLE, lambda: room.desks.stood)
    room.bureau = replace(room.bureau, clockwork=clockwork)
    cycles = Cycles(room, part)
    await cycles.one()
    cycles.took.clear()
    together.wait(PATIENCE)
    until = time.perf_counter() + seconds
    await asyncio.gather(*(cycles.going(until) for _ in range(at_once)))
    await database.close()
    return dict(cycles.took)


def _live(place: Place, together: Barrier, seconds: float, at_once: int, part: int) -> Took:
    return asyncio.run(_lived(place, together, seconds, at_once, part))


async def _opened(url: str, cases: int) -> Place:
    database = create_database(url)
    await migrate(database)
    room = await Chamber(database, FrozenClock()).open()
    began = time.perf_counter()
    await seed(database, [HERE], cases)
    print(f"{cases} cases stored in {time.perf_counter() - began:.0f} s", flush=True)
    await database.close()
    return Place(url, room.unit, room.officers)


@contextmanager
def _server() -> Iterator[str]:
    server = start_postgres(PORT, durable=True)
    try:
        yield server.url
    finally:
        server.stop()


def measure(cases: int, seconds: float, at_once: int, processes: int) -> None:
    spawn = get_context("spawn")
    pool = ProcessPoolExecutor(processes, spawn)
    with _server() as url, spawn.Manager() as manager, pool:
        place = asyncio.run(_opened(url, cases))
        together = manager.Barrier(processes + 1)
        live = partial(_live, place, together, seconds, max(1, at_once // processes))
        lives = pool.map(live, range(processes))
        together.wait(PATIENCE)
        began = time.perf_counter()
        lived = list(lives)
        spent = time.perf_counter() - began
    took = {act: [one for each in lived for one in each[act]] for act in lived[0]}
    ended = len(took["close"]) / spent
    print(f"{ended:.1f} cycles/s, {at_once} at once in {processes} processes, {spent:.0f} s")
    for act, each in took.items():
        cuts = quantiles(each, n=20)
        print(f"  {act}: median {cuts[9] * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--at-once", type=int, default=8)
    asked.add_argument("--processes", type=int, default=1)
    wanted = asked.parse_args()
    measure(wanted.cases, wanted.seconds, wanted.at_once, wanted.processes)
