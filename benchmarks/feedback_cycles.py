"""How many cases a second are filed, assigned, begun, answered, told of and closed.

python -m benchmarks.feedback_cycles [--cases 100000] [--seconds 20] [--at-once 8]

On PostgreSQL that waits for its disk, with so many cases stored before. Each act is a transaction
of its own through the use cases, with its event, its notice, its deed in the audit's chain, and
the citizen's message in the outbox.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from itertools import count
from statistics import quantiles
from typing import Final, TypeVar

from sqlalchemy import insert

from benchmarks.feedback_seed import seed
from bot.casework.deeds import Acting
from bot.channels.kept import KEPT
from bot.feedback.models import Case, Result
from bot.handling.afterwards import close
from bot.handling.answering import answer
from bot.handling.assigning import Post, assign, begin
from bot.handling.bureau import Bureau
from bot.handling.clockwork import OfficeClockwork
from bot.handling.noticing import Announcer
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.database import Database, create_database
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


class Cycles:
    """Lives cases through, and notes how long each act took."""

    def __init__(self, room: Chamber) -> None:
        self.room = room
        self.numbers = count(1)
        self.took: dict[str, list[float]] = defaultdict(list)
        self.announcer = Announcer(desks=room.desks, kept=KEPT)

    async def timed(self, act: str, doing: Awaitable[T]) -> T:
        began = time.perf_counter()
        result = await doing
        self.took[act].append(time.perf_counter() - began)
        return result

    async def one(self) -> None:
        """Live one case through."""
        room, who = self.room, f"c{next(self.numbers)}"
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


@asynccontextmanager
async def _database() -> AsyncIterator[Database]:
    server = await asyncio.to_thread(start_postgres, PORT, durable=True)
    try:
        database = create_database(server.url)
        await migrate(database)
        yield database
        await database.close()
    finally:
        server.stop()


async def measure(cases: int, seconds: float, at_once: int) -> None:
    async with _database() as database:
        room = await Chamber(database, FrozenClock()).open()
        clockwork = OfficeClockwork(lambda: LITTLE, lambda: room.desks.stood)
        room.bureau = Bureau(
            clockwork=clockwork,
            seals=room.bureau.seals,
            desks=room.desks,
            offices=LITTLE.offices,
        )
        began = time.perf_counter()
        await seed(database, [HERE], cases)
        print(f"{cases} cases stored in {time.perf_counter() - began:.0f} s")
        cycles = Cycles(room)
        await cycles.one()
        cycles.took.clear()
        began = time.perf_counter()
        await asyncio.gather(*(cycles.going(began + seconds) for _ in range(at_once)))
        spent = time.perf_counter() - began
    lived = len(cycles.took["close"])
    print(f"{lived / spent:.1f} cycles/s, {at_once} at once, {spent:.0f} s")
    for act, took in cycles.took.items():
        cuts = quantiles(took, n=20)
        print(f"  {act}: median {cuts[9] * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=100_000)
    asked.add_argument("--seconds", type=float, default=20)
    asked.add_argument("--at-once", type=int, default=8)
    wanted = asked.parse_args()
    asyncio.run(measure(wanted.cases, wanted.seconds, wanted.at_once))
