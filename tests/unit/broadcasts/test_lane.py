"""One way to readers, over a ledger in memory: what goes out, rests, is given back or stopped."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

import pytest
from structlog.testing import capture_logs

from broadcasts.delivery import books
from broadcasts.delivery.answers import MOST_ATTEMPTS, Answer, Ending, Fault
from broadcasts.delivery.books import Books
from broadcasts.delivery.bursts import MOST_DOWN, TOO_MANY
from broadcasts.delivery.engine import Engine
from broadcasts.delivery.hours import MARGIN
from broadcasts.delivery.lane import Lane
from broadcasts.delivery.ports import Begun, Claimed, Letter, Rescued
from broadcasts.models import (
    PauseReason,
    Route,
    RunId,
    RunStatus,
    SubscriberId,
    SubscriberStatus,
)
from broadcasts.testing import InMemoryLedger, ScriptedSender
from tests.conftest import FrozenClock

# So many steps of the loop at most lie between something that is to be had and all it leads to.
STEPS = 1000
NEVER = datetime(2100, 1, 1, tzinfo=UTC)
SHUT = {
    fault: Answer(fault=fault, retryable=True)
    for fault in (Fault.UNREACHABLE, Fault.MISCONFIGURED)
}


@dataclass
class Night:
    """Quiet from one moment to another, for everybody."""

    begins: datetime = NEVER
    ends: datetime = NEVER

    def quiet_until(self, office: str, at: datetime) -> datetime | None:  # noqa: ARG002 - all alike
        return self.ends if self.begins <= at < self.ends else None


@dataclass
class Day:
    """A lane with its books, its clock and its sender; time passes only when told."""

    sender: ScriptedSender = field(default_factory=ScriptedSender)
    night: Night = field(default_factory=Night)
    clock: FrozenClock = field(default_factory=FrozenClock)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.books = Books(clock=self.clock)
        self.ledger = InMemoryLedger(self.books)
        self.lane = self.a_lane()

    def a_lane(self, owner: str = "here") -> Lane:
        ledger = InMemoryLedger(self.books, owner)
        return Lane(
            Route.TELEGRAM,
            self.sender,
            ledger,
            clock=self.clock,
            hours=self.night,
            elapsed=lambda: self.seconds,
        )

    def run(self, readers: int, *, urgent: bool = False) -> RunId:
        return self.books.add_run([f"r{number}" for number in range(readers)], urgent=urgent)

    def wait(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.move(timedelta(seconds=seconds))

    async def until_it_rests(self) -> float:
        for _ in range(1000):
            if rest := await self.lane.round():
                return rest
        raise AssertionError("it never rests")

    async def for_a_while(self) -> None:
        """Go on as long as anything is to be had at once."""

        async def going_on() -> None:
            while not await self.lane.round():
                pass

        task = asyncio.create_task(going_on())
        for _ in range(STEPS):
            await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    def states(self) -> Counter[str]:
        return Counter(row.status for row in self.books.rows.values())


async def test_everybody_is_written_to_once_and_the_run_is_over() -> None:
    day = Day()
    run = day.run(123)
    await day.until_it_rests()
    assert sorted(day.sender.sent) == sorted(f"r{number}" for number in range(123))
    assert day.states() == {"sent": 123}
    assert await day.ledger.finish() == [run]


async def test_never_more_rows_are_being_sent_than_calls_may_be_at_work() -> None:
    day = Day()
    most = 0

    @dataclass
    class Watching(ScriptedSender):
        async def send(self, letter: Letter) -> Answer:
            nonlocal most
            most = max(most, day.states()["sending"])
            await asyncio.sleep(0)
            return await super().send(letter)

    day.sender = Watching(at_once=7)
    day.lane = day.a_lane()
    day.run(50)
    await day.until_it_rests()
    assert most == 7


@dataclass
class Ticket:
    """A turn that knows whether it was used and left."""

    sender: Rationing
    address: str
    left: bool = False

    async def send(self, letter: Letter) -> Answer:
        assert letter.address == self.address
        return await self.sender.send(letter)

    def over(self) -> None:
        self.left = True


@dataclass
class Rationing(ScriptedSender):
    """Gives a turn when one is there; to those it ``refuses`` none."""

    at_once: int = 4
    there: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    refuses: set[str] = field(default_factory=set)
    given: list[Ticket] = field(default_factory=list)

    async def turn(self, address: str) -> Ticket | None:  # type: ignore[override]
        if address in self.refuses:
            return None
        await self.there.acquire()
        self.given.append(Ticket(self, address))
        return self.given[-1]


async def test_only_whose_turn_it_is_is_marked_as_being_sent() -> None:
    begun = []

    class Watching(Rationing):
        async def send(self, letter: Letter) -> Answer:
            begun.append(day.states()["sending"])
            return await super().send(letter)

    day = Day(sender=(sender := Watching()))
    day.run(6)
    for turns in (0, 1, 3, 2):
        before = len(sender.given)
        for _ in range(turns):
            sender.there.release()
        await day.for_a_while()
        assert len(sender.given) - before == turns
        assert day.states()["sending"] == 0
    assert begun == [1, 3, 3, 3, 2, 2]
    assert day.states() == {"sent": 6}
    assert all(one.left for one in sender.given)


async def test_who_gets_no_turn_waits_without_a_try_spent() -> None:
    day = Day(sender=(sender := Rationing(refuses={"r0"}, at_once=1)))
    day.run(2)
    await day.until_it_rests()
    assert set(day.states()) == {"claimed"}
    sender.refuses.clear()
    sender.there.release()
    sender.there.release()
    day.wait(2)
    await day.until_it_rests()
    assert day.states() == {"sent": 2}
    assert {row.attempts for row in day.books.rows.values()} == {1}


async def test_who_cannot_be_given_a_turn_is_not_put_back_for_ever() -> None:
    @dataclass
    class Unreadable(ScriptedSender):
        async def turn(self, address: str) -> Self | None:
            if address == "r0":
                raise ValueError(address)
            return self

    day = Day(sender=Unreadable())
    day.run(2)
    for _ in range(MOST_ATTEMPTS + 1):
        await day.until_it_rests()
        day.wait(600)
    assert day.states() == {"failed": 1, "sent": 1}
    assert {row.code for row in day.books.rows.values()} == {"refused", ""}


async def test_turns_nobody_uses_are_left_to_others() -> None:
    day = Day(sender=(sender := Rationing(at_once=2)))
    run = day.run(4)
    day.books.readers[SubscriberId(1)] = SubscriberStatus.OPTED_OUT
    sender.there.release()
    sender.there.release()
    await day.for_a_while()
    books.pause(day.books, run, PauseReason.OFFICER)
    sender.there.release()
    sender.there.release()
    await day.for_a_while()
    await day.lane.leave()
    assert day.states() == {"skipped": 1, "sent": 1, "pending": 2}
    assert [one.left for one in sender.given] == [True] * 4


async def test_who_waits_for_a_turn_as_the_lead_is_lost_is_left_to_others() -> None:
    day = Day(sender=Rationing())
    day.run(9)
    await day.for_a_while()
    assert day.states() == {"claimed": 9}
    await day.lane.leave()
    assert day.states() == {"pending": 9}


async def test_a_silence_takes_back_who_waits_for_a_turn() -> None:
    day = Day(sender=(sender := Rationing()))
    day.run(3)
    await day.for_a_while()
    sender.silence = 60.0
    assert await day.lane.round() > 0
    assert day.states() == {"pending": 3}


async def test_at_a_slow_rate_no_more_is_taken_than_passes_soon() -> None:
    day = Day(sender=ScriptedSender(rate=1.0, at_once=4))
    day.run(40)
    await day.lane.round()
    assert sum(day.states().values()) - day.states()["pending"] <= 5


async def test_an_urgent_run_overtakes() -> None:
    day = Day()
    day.run(3)
    urgent = day.run(2, urgent=True)
    await day.until_it_rests()
    first = [row.address for row in day.books.rows.values() if row.run == urgent]
    assert day.sender.sent[:2] == first


async def test_nothing_is_begun_inside_an_announced_wait_and_no_try_is_spent() -> None:
    flood = Answer(fault=Fault.RATE_LIMITED, retryable=True, retry_after=30)
    day = Day(sender=ScriptedSender(answers=[flood], at_once=1))
    day.run(3)
    await day.until_it_rests()
    assert day.sender.sent == []
    day.wait(29)
    await day.until_it_rests()
    assert day.sender.sent == []
    assert day.states() == {"pending": 3}
    day.wait(2)
    await day.until_it_rests()
    assert sorted(day.sender.sent) == ["r0", "r1", "r2"]
    assert {row.attempts for row in day.books.rows.values()} == {1}


async def test_a_silence_of_the_channel_is_kept() -> None:
    day = Day(sender=ScriptedSender(silence=60.0))
    day.run(1)
    await day.until_it_rests()
    assert day.states() == {"pending": 1}


@pytest.mark.parametrize("fault", sorted(SHUT))
async def test_a_way_that_leads_nowhere_is_tried_by_one_and_then_rests_for_a_person(
    fault: Fault,
) -> None:
    day = Day(sender=ScriptedSender(answers=[SHUT[fault]] * 99))
    run = day.run(40)
    await day.until_it_rests()
    assert len(day.sender.answers) == 99 - day.sender.at_once
    tries = 1
    while day.books.runs[run].status is RunStatus.RUNNING:
        day.wait(61)
        await day.until_it_rests()
        tries += 1
    assert tries == MOST_DOWN[fault]
    assert len(day.sender.answers) == 99 - day.sender.at_once - (tries - 1)
    assert day.books.runs[run].reason == PauseReason.ERRORS
    assert day.states() == {"pending": 40}
    assert {row.attempts for row in day.books.rows.values()} == {0}


async def test_after_an_outage_it_goes_on_by_itself() -> None:
    day = Day(sender=ScriptedSender(answers=[SHUT[Fault.UNREACHABLE]] * 12))
    day.run(40)
    while day.states() != {"sent": 40}:
        await day.until_it_rests()
        day.wait(5)
    assert len(day.sender.sent) == 40


async def test_refusals_that_speak_of_us_stop_the_run() -> None:
    refused = Answer(fault=Fault.REFUSED)
    day = Day(sender=ScriptedSender(answers=[refused] * 99, at_once=5))
    run = day.run(60)
    await day.until_it_rests()
    assert day.books.runs[run].status is RunStatus.PAUSED
    assert TOO_MANY <= day.states()["failed"] <= TOO_MANY + 5
    assert day.states()["pending"] == 60 - day.states()["failed"]
    day.sender.answers.clear()
    books.resume(day.books, run)
    await day.until_it_rests()
    assert day.states()["pending"] == 0


async def test_readers_who_left_stop_nothing() -> None:
    day = Day(sender=ScriptedSender(answers=[Answer(fault=Fault.BLOCKED)] * 60))
    day.run(80)
    await day.until_it_rests()
    assert day.states() == {"failed": 60, "sent": 20}


async def test_in_quiet_hours_nothing_is_taken_and_no_wave_would_end_in_them() -> None:
    day = Day()
    day.run(3)
    soon = day.clock.now() + MARGIN
    day.night.begins, day.night.ends = soon, soon + timedelta(hours=9)
    await day.until_it_rests()
    assert day.states() == {"pending": 3}
    urgent = day.run(2, urgent=True)
    await day.until_it_rests()
    assert {row.run for row in day.books.rows.values() if row.status == "sent"} == {urgent}
    day.wait(MARGIN.total_seconds() + 9 * 3600)
    await day.until_it_rests()
    assert day.states() == {"sent": 5}


async def test_what_was_taken_before_the_quiet_hours_is_given_back() -> None:
    day = Day(sender=ScriptedSender(rate=30.0))
    day.run(40)
    await day.lane.round()
    assert day.states()["claimed"] > 0
    begins = day.clock.now() + timedelta(seconds=1)
    day.night.begins, day.night.ends = begins, begins + timedelta(hours=9)
    day.wait(2)
    await day.until_it_rests()
    assert set(day.states()) == {"sent", "pending"}


async def test_a_pause_takes_effect_with_the_next_wave() -> None:
    day = Day(sender=ScriptedSender(at_once=4))
    run = day.run(20)
    await day.lane.round()
    books.pause(day.books, run, PauseReason.OFFICER)
    await day.until_it_rests()
    assert day.states() == {"sent": 4, "pending": 16}
    books.resume(day.books, run)
    await day.until_it_rests()
    assert day.states() == {"sent": 20}


async def test_who_leads_no_more_writes_down_what_was_begun_and_leaves_the_rest() -> None:
    day = Day(sender=ScriptedSender(at_once=4))
    day.run(20)
    await day.lane.round()
    await day.lane.leave()
    assert day.states() == {"sent": 4, "pending": 16}


async def test_a_call_that_fails_in_an_unknown_way_is_uncertain() -> None:
    @dataclass
    class Broken(ScriptedSender):
        async def send(self, letter: Letter) -> Answer:
            raise LookupError(letter.address)

    day = Day()
    day.sender = Broken()
    day.lane = day.a_lane()
    day.run(1)
    await day.until_it_rests()
    assert day.states() == {"uncertain": 1}


class Failing(InMemoryLedger):
    """Loses the connection on the n-th step, before or after it was stored."""

    def __init__(self, shelf: Books, fails: int, *, stored: bool) -> None:
        super().__init__(shelf)
        self.fails = fails
        self.stored = stored

    async def step(self, endings: Sequence[Ending], begin: Collection[Claimed]) -> Sequence[Begun]:
        self.fails -= 1
        if self.fails == 0 and not self.stored:
            raise ConnectionError
        begun = await super().step(endings, begin)
        if self.fails == 0:
            raise ConnectionError
        return begun


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize("fails", [1, 2, 3])
async def test_a_step_that_was_lost_on_the_way_loses_and_doubles_nobody(
    fails: int, *, stored: bool
) -> None:
    day = Day(sender=ScriptedSender(at_once=4))
    ledger = Failing(day.books, fails, stored=stored)
    day.lane = Lane(
        Route.TELEGRAM, day.sender, ledger, clock=day.clock, hours=day.night,
        elapsed=lambda: day.seconds,
    )  # fmt: skip
    day.run(20)
    with pytest.raises(ConnectionError):
        await day.until_it_rests()
    await day.until_it_rests()
    day.wait(31)
    await ledger.rescue()
    await day.until_it_rests()
    assert day.states() == {"sent": 20}
    assert sorted(day.sender.sent) == sorted({*day.sender.sent})


async def test_the_engine_serves_the_web_finds_what_was_abandoned_and_ends_runs() -> None:
    day = Day()
    day.books.add_run(["s1", "s2"], route=Route.WEB)
    day.books.mailboxes["s1"] = []
    lost = day.run(1)
    dead = InMemoryLedger(day.books, "dead")
    await dead.step([], await dead.claim(lost, Route.TELEGRAM, 1))
    leads = True
    engine = Engine(
        day.ledger, {Route.TELEGRAM: day.sender}, clock=day.clock, hours=day.night,
        leads=lambda: leads,
    )  # fmt: skip
    await engine.lay_out()
    assert day.books.mailboxes == {"s1": ["Nội dung"]}
    day.wait(41)
    await engine.look()
    assert day.states() == {"sent": 1, "skipped": 1, "uncertain": 1}
    assert {one.status for one in day.books.runs.values()} == {RunStatus.FINISHED}
    assert await day.ledger.rescue() == Rescued()
    stopping = asyncio.Event()
    running = asyncio.create_task(engine.running(stopping))
    day.run(9)
    while day.states()["sent"] < 10:  # noqa: ASYNC110 - all there is to see
        await asyncio.sleep(0)
    stopping.set()
    await running


async def test_a_store_that_is_away_is_told_at_length_once() -> None:
    day, away = Day(), iter((True, True, False, True))

    async def act() -> None:
        if next(away):
            raise OSError

    engine = Engine(day.ledger, {}, clock=day.clock, hours=day.night, leads=lambda: True)
    with capture_logs() as logs:
        for _ in range(4):
            await engine.guarded(act)
    assert [(one["error"], one["exc_info"]) for one in logs] == [
        ("OSError", True),
        ("OSError", False),
        ("OSError", True),
    ]
