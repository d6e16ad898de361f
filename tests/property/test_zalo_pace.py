"""No minute sees more calls than allowed, whatever comes, is held up, dies or begins anew."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.pace.waiting import NoTurn
from bot.channels.zalo.limits import NO_LIMITS, Limits
from bot.channels.zalo.pace import MinutePace
from bot.delivery.zalo_calls import SqlCallLog
from bot.messages import Priority
from bot.storage.database import Database, create_database
from tests.conftest import NOON, FrozenClock
from tests.fakes.furnished import shaped

RATE: Final = 3
Step = tuple[str, int, float]
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(["reply", "news", "hold", "use", "drop", "kill", "refused", "pass"]),
        st.integers(0, 1),
        st.sampled_from([0.0, 1.9, 2.1, 29.0, 31.0, 60.0]),
    ),
    max_size=50,
)


@dataclass
class World:
    """Two processes before one Zalo, and a clock for all."""

    database: Database
    clock: FrozenClock = field(default_factory=FrozenClock)
    calls: list[float] = field(default_factory=list)

    def now(self) -> float:
        return (self.clock.now() - NOON).total_seconds()

    async def doze(self, changed: asyncio.Event, seconds: float) -> None:
        """Let the time pass that somebody sleeps: nothing else moves the clock meanwhile."""
        await asyncio.sleep(0)
        if not changed.is_set():
            self.clock.move(timedelta(seconds=seconds))

    def process(self) -> Process:
        calls = SqlCallLog(self.database, "zalo:1", self.clock)
        return Process(self, MinutePace(calls, RATE, now=self.now, nap=self.doze))


@dataclass
class Process:
    """One process; what it ``held`` is lost when it dies."""

    world: World
    pace: MinutePace
    held: list = field(default_factory=list)  # type: ignore[type-arg]

    async def tries(self, what: str, limits: Limits = NO_LIMITS) -> None:
        """Do one thing that takes turns; nobody waits longer than a moment."""
        try:
            if what == "use":
                turn = self.held.pop() if self.held else await self.pace.turn("a", patience=0)
            else:
                priority = Priority.BROADCAST if what == "news" else Priority.REPLY
                turn = await self.pace.turn("a", priority, patience=0)
            if what == "hold":
                self.held.append(turn)
                return
            turn = await self.pace.use(turn)
        except NoTurn:
            return
        self.world.calls.append(self.world.now())
        turn.over()
        self.pace.answered(limits)


def _most(calls: Sequence[float], seconds: float = 60) -> int:
    return max((sum(a <= one < a + seconds for one in calls) for a in calls), default=0)


async def _lived(steps: Sequence[Step], folder: Path) -> World:
    database = create_database(f"sqlite+aiosqlite:///{shaped(folder / 'pace.sqlite3')}")
    world = World(database)
    both = [world.process(), world.process()]
    for what, which, seconds in steps:
        match what:
            case "pass":
                world.clock.move(timedelta(seconds=seconds))
            case "drop":
                while both[which].held:
                    both[which].held.pop().over()
            case "kill":
                await both[which].pace.close()
                both[which] = world.process()
            case "refused":
                await both[which].pace.refused(seconds)
            case _:
                world.clock.move(timedelta(seconds=seconds if what == "use" else 0))
                await both[which].tries(what)
    for one in both:
        await one.pace.close()
    await database.close()
    return world


# Turns of a minute ago, of which the log knows no more.
HOARDED: Final[list[Step]] = [
    *[("hold", 0, 0.0)] * RATE,
    ("pass", 0, 60.0),
    ("pass", 0, 2.1),
    *[("reply", 1, 0.0)] * RATE,
    *[("use", 0, 0.0)] * RATE,
]


# Who held a turn too long waits for another one, which is seconds away.
ALMOST_FREE: Final[list[Step]] = [
    ("hold", 0, 0.0),
    *[("reply", 1, 0.0)] * (RATE - 1),
    ("pass", 0, 29.0),
    ("pass", 0, 29.0),
    ("reply", 1, 0.0),
    ("use", 0, 0.0),
]


@settings(max_examples=40)
@example(HOARDED)
@example(ALMOST_FREE)
@given(STEPS)
def test_no_minute_sees_more_than_the_rate(steps: Sequence[Step]) -> None:
    with TemporaryDirectory() as folder:
        world = asyncio.run(_lived(steps, Path(folder)))
    assert _most(world.calls) <= RATE


def test_the_whole_rate_is_used_when_many_want_it() -> None:
    steps: list[Step] = [("reply", 0, 0), ("reply", 1, 0)] * RATE + [("pass", 0, 60.0)]
    steps += [("pass", 0, 7.0), *[("reply", 1, 0.0)] * (RATE + 1)]
    with TemporaryDirectory() as folder:
        world = asyncio.run(_lived(steps, Path(folder)))
    assert len(world.calls) == 2 * RATE
