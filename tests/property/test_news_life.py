"""Whatever officers and the clock do, only approved words go out, approved by who wrote none."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.newsroom.scheduling import Sure
from bot.officials.audit import By
from bot.storage.broadcast_rows import steps_of, versions_of
from bot.storage.database import Database, create_database
from broadcasts.errors import BroadcastError
from broadcasts.models import BROADCAST_MOVES, RUN_MOVES, NewsText, RunStatus
from broadcasts.schedule.models import Occurrence
from broadcasts.texts import WRITING, Broadcast, Step, StepTaken
from tests.conftest import FrozenClock
from tests.fakes.furnished import shaped
from tests.fakes.newsroom import Newsroom, a_realm, a_wish
from tests.fakes.readers import a_reader, subscribe_all

PEOPLE = tuple(
    By(officer=number, actor=name) for number, name in ((7, "Nam"), (8, "Hoa"), (9, "Lan"))
)
by = st.sampled_from(PEOPLE)
SURE = Sure(again=True)
acts = st.one_of(
    st.tuples(st.just("edit"), by, st.sampled_from(("một", "hai", "ba"))),
    *(st.tuples(st.just(one), by) for one in ("submit", "approve", "give_back", "withdraw")),
    st.tuples(st.sampled_from(("submit", "approve", "start")), by),
    st.tuples(st.sampled_from(("drop", "cancel", "start_missed", "urgent")), by),
    st.tuples(st.just("start"), by, st.integers(0, 30), st.sampled_from(("", "FREQ=DAILY"))),
    st.tuples(st.just("tick"), st.sampled_from((0, 1, 10, 40))),
)


class Life:
    """One text and all that happens to it."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.frozen: dict[int, NewsText] = {}
        self.runs: dict[int, RunStatus] = {}

    async def begin(self, *, urgent: bool) -> None:
        self.one = await self.newsroom.create(a_wish(urgent=urgent), by=PEOPLE[0])

    async def do(self, name: str, *told: Any) -> None:
        self.newsroom.clock.move(timedelta(seconds=1))
        if name == "tick":
            await self.newsroom.tick(timedelta(hours=told[0]))
        else:
            with suppress(BroadcastError):
                await self.act(name, *told)
        await self.check()

    async def act(self, name: str, who: By, *told: Any) -> None:
        one, newsroom = self.one, self.newsroom
        match name:
            case "edit":
                await newsroom.edit(one, a_wish(f"Lời {told[0]}.", urgent=one.urgent), by=who)
            case "give_back":
                await newsroom.give_back(one, "Thiếu giờ", by=who)
            case "start":
                ahead, rrule = told or (0, "")
                at = newsroom.clock.now() + timedelta(hours=ahead)
                await newsroom.start(one, SURE, by=who, starts_at=at, rrule=rrule)
            case "urgent":
                await newsroom.start_urgent(one, "bão", SURE, by=who)
            case "start_missed":
                for run in await newsroom.occurrences(one):
                    await newsroom.start_missed(run, by=who)
            case _:
                await getattr(newsroom, name)(one, by=who)

    async def check(self) -> None:
        seen = await self.newsroom.seen(self.one)
        async with self.newsroom.database.reading() as connection:
            steps = await steps_of(connection, self.one.id)
            versions = await versions_of(connection, self.one.id)
        self.check_moves(seen)
        # What was seen by others once stays as it was.
        frozen = {one.number: one.text for one in versions if one.frozen_at is not None}
        assert {number: frozen[number] for number in self.frozen} == self.frozen
        self.frozen = frozen
        runs = await self.newsroom.occurrences(self.one)
        self.check_runs(runs)
        for run in runs:
            assert run.version in frozen
            assert _agreed_to(run.version, steps, urgent=self.one.urgent)
        self.one = seen

    def check_moves(self, seen: Broadcast) -> None:
        before = self.one.status
        ways = {before, *BROADCAST_MOVES[before]}
        # An urgent one is submitted and approved in one go.
        further = {two for one in ways for two in BROADCAST_MOVES[one]} if seen.urgent else set()
        assert seen.status in ways | further
        assert seen.version >= self.one.version

    def check_runs(self, runs: Any) -> None:
        found: dict[int, Occurrence] = {int(one.run): one for one in runs}
        assert self.runs.keys() <= found.keys()
        for number, status in self.runs.items():
            assert found[number].status in {status, *RUN_MOVES[status]}
        assert max(Counter((one.schedule, one.due_at) for one in runs).values(), default=1) == 1
        self.runs = {number: one.status for number, one in found.items()}


def _agreed_to(version: int, steps: Any, *, urgent: bool) -> bool:
    """Tell whether somebody who had put no word into it approved a version."""
    writers: set[int | None] = set()
    agreed = False
    one: StepTaken
    for one in steps:
        if one.step in WRITING:
            writers.add(one.officer)
        if one.step is Step.APPROVED and one.version == version:
            agreed = agreed or one.officer not in writers or (urgent and one.note == "bão")
    return agreed


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[asyncio.Runner, Database]]:
    """One database for all lives: each has a text of its own."""
    with tempfile.TemporaryDirectory() as folder, asyncio.Runner() as runner:
        file = shaped(Path(folder) / "news.sqlite3")
        database = create_database(f"sqlite+aiosqlite:///{file}")
        runner.run(subscribe_all(database, [a_reader(address=str(one)) for one in range(2)]))
        yield runner, database
        runner.run(database.close())


ONE, TWO, THREE = PEOPLE
GOOD = [("submit", ONE), ("approve", TWO), ("start", TWO)]


@example([*GOOD, ("tick", 0), ("edit", ONE, "hai"), ("submit", ONE), ("approve", TWO)], False)
@example([*GOOD, ("edit", TWO, "hai"), ("tick", 0), ("submit", ONE), ("approve", TWO)], False)
@example([*GOOD, ("tick", 40), ("edit", ONE, "hai"), ("start_missed", TWO)], False)
@example([*GOOD, ("tick", 40), ("start_missed", TWO), ("cancel", TWO)], False)
@example([("submit", ONE), ("withdraw", ONE), ("edit", TWO, "hai"), *GOOD, ("tick", 0)], False)
@example([("urgent", ONE), ("tick", 0), ("edit", ONE, "hai"), ("urgent", ONE)], True)
@settings(max_examples=25)
@given(st.lists(acts, max_size=14), st.booleans())
def test_nothing_unapproved_goes_out(
    place: tuple[asyncio.Runner, Database], story: list[tuple[Any, ...]], urgent: bool
) -> None:
    runner, database = place

    async def live() -> None:
        life = Life(Newsroom(database, FrozenClock(), a_realm()))
        await life.begin(urgent=urgent)
        for act in story:
            await life.do(*act)
        # What is left must not come in the way of the next life.
        await life.do("drop", ONE)

    runner.run(live())
