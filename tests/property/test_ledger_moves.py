"""Whatever is sent, crashes, is paused or tried again: only allowed moves, nobody told twice.

The ledger in memory and the one over SQLite live through the same story and must agree after each
act. What a process knows is forgotten when it crashes; what readers got is not.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage.database import create_database
from broadcasts.delivery.answers import Answer, Fault, Tried, ending
from broadcasts.delivery.ports import Begun, Claimed, Ledger
from broadcasts.models import (
    DELIVERY_MOVES,
    RUN_MOVES,
    DeliveryId,
    DeliveryStatus,
    Route,
    RunId,
    RunStatus,
    SubscriberStatus,
)
from tests.fakes.furnished import shaped
from tests.fakes.ledgers import MemorySide, Side, SqlSide

READERS = 4
PROCESSES = ("here", "there")
ANSWERS = {
    "sent": Answer(external_id="x"),
    "flood": Answer(fault=Fault.RATE_LIMITED, retryable=True, retry_after=20),
    "clash": Answer(fault=Fault.CONFLICT, retryable=True),
    "refused": Answer(fault=Fault.REFUSED),
    "blocked": Answer(fault=Fault.BLOCKED),
    "unclear": Answer(fault=Fault.UNCERTAIN),
}
# It may have reached its reader.
ARRIVED = ("sent", "unclear", "crashed")
process = st.sampled_from(PROCESSES)
acts = st.one_of(
    st.tuples(st.just("claim"), process, st.integers(1, 3)),
    st.tuples(st.just("begin"), process),
    st.tuples(st.just("answer"), process, st.sampled_from(sorted(ANSWERS))),
    st.tuples(st.just("crash"), process),
    st.tuples(st.just("give_back"), process),
    st.tuples(st.just("wait"), st.sampled_from((5, 31, 41))),
    st.tuples(st.just("leave"), st.integers(0, READERS - 1)),
    st.tuples(
        st.sampled_from(
            ("rescue", "finish", "stop", "pause", "resume", "cancel", "retry", "resend", "settle")
        )
    ),
)


@dataclass
class Story:
    """One side's telling of the story."""

    side: Side
    run: RunId = field(default_factory=lambda: RunId(0))
    taken: dict[str, list[Claimed]] = field(default_factory=dict)
    begun: dict[str, list[Begun]] = field(default_factory=dict)
    # How often each row may have reached its reader and nobody chose to send it again.
    reached: Counter[int] = field(default_factory=Counter)

    async def open(self) -> None:
        self.run = await self.side.run([str(number) for number in range(READERS)])
        self.crash(*PROCESSES)

    def crash(self, *owners: str) -> None:
        for owner in owners:
            for one in self.begun.get(owner, ()):
                self.reached[one.id] += 1
            self.taken[owner], self.begun[owner] = [], []

    def ledger(self, owner: str) -> Ledger:
        return self.side.ledger(owner)

    async def act(self, told: tuple[str | int, ...]) -> None:
        name, *rest = told
        match name, *rest:
            case "claim", str(owner), int(most):
                rows = await self.ledger(owner).claim(self.run, Route.TELEGRAM, most)
                self.taken[owner] += rows
            case "begin", str(owner):
                await self._begin(owner)
            case "answer", str(owner), str(answer):
                await self._answer(owner, answer)
            case "crash", str(owner):
                self.crash(owner)
            case "give_back", str(owner):
                await self.ledger(owner).give_back(self.taken[owner])
                self.taken[owner] = []
            case "wait", int(seconds):
                await self.side.wait(timedelta(seconds=seconds))
            case "leave", int(reader):
                await self.side.mark(str(reader), SubscriberStatus.OPTED_OUT)
            case _:
                await self._by_people_and_clock(str(name))

    async def _begin(self, owner: str) -> None:
        rows, self.taken[owner] = self.taken[owner], []
        for one in await self.ledger(owner).step([], rows):
            assert self.reached[one.id] == 0
            self.begun[owner].append(one)

    async def _answer(self, owner: str, answer: str) -> None:
        if not self.begun[owner]:
            return
        one = self.begun[owner].pop(0)
        tried = Tried(
            delivery=one.id, run=one.run, attempts=one.attempts, code=one.code, since=timedelta()
        )
        self.reached[one.id] += answer in ARRIVED
        await self.ledger(owner).step([ending(tried, ANSWERS[answer])], [])

    async def _by_people_and_clock(self, name: str) -> None:
        side, ledger = self.side, self.ledger("clock")
        if name in ("resend", "settle"):
            await self._uncertain(name)
        elif name in ("rescue", "finish"):
            await getattr(ledger, name)()
        elif name == "stop":
            await ledger.stop(self.run)
        else:
            await getattr(side, name)(self.run)

    async def _uncertain(self, name: str) -> None:
        at_work = {one.id for calls in self.begun.values() for one in calls}
        states = [status for _, status, _ in await self.side.rows(self.run)]
        for row, status in enumerate(states, start=1):
            # A person looks for a while: until then whoever was held up has spoken.
            if status != DeliveryStatus.UNCERTAIN or row in at_work:
                continue
            if name == "settle":
                await self.side.settle(self.run, DeliveryId(row), DeliveryStatus.SENT)
            elif await self.side.resend(self.run, [DeliveryId(row)]):
                self.reached[row] = 0

    async def snapshot(self) -> tuple[tuple[str, str], list[tuple[str, str, str]]]:
        return await self.side.stands(self.run), await self.side.rows(self.run)


def _reachable(status: DeliveryStatus, other: DeliveryStatus) -> bool:
    """Some acts move a row twice: taken and begun, begun and ended, in one transaction."""
    return status is other or other in DELIVERY_MOVES[status]


async def _live(story: list[tuple[str | int, ...]], folder: Path) -> None:
    database = create_database(f"sqlite+aiosqlite:///{shaped(folder / 'moves.sqlite3')}")
    sides = [Story(MemorySide()), Story(SqlSide(database))]
    try:
        for one in sides:
            await one.open()
        stands, rows = await sides[0].snapshot()
        for told in story:
            for one in sides:
                await one.act(told)
            now, other = [await one.snapshot() for one in sides]
            assert now == other
            _only_allowed((stands, rows), now)
            stands, rows = now
    finally:
        await database.close()


def _only_allowed(
    before: tuple[tuple[str, str], list[tuple[str, str, str]]],
    after: tuple[tuple[str, str], list[tuple[str, str, str]]],
) -> None:
    was, now = RunStatus(before[0][0]), RunStatus(after[0][0])
    assert was is now or now in RUN_MOVES[was]
    for (_, old, _), (_, new, _) in zip(before[1], after[1], strict=True):
        assert _reachable(DeliveryStatus(old), DeliveryStatus(new))
    open_rows = {status for _, status, _ in after[1]} & {"pending", "claimed", "sending"}
    assert now is not RunStatus.FINISHED or not open_rows


@settings(max_examples=25)
@given(st.lists(acts, min_size=4, max_size=25))
def test_every_story_makes_only_allowed_moves_and_tells_nobody_twice(
    story: list[tuple[str | int, ...]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_live(story, Path(folder)))
