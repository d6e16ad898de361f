"""Turns keep under the provider's rates, on a clock that only sleeping moves."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from bot.channels.pace.budget import Budget
from bot.channels.pace.chats import REMEMBERED
from bot.channels.pace.slots import Demand, OwnSlots
from bot.channels.pace.turn import Turn
from bot.channels.pace.waiting import NoTurn
from bot.messages import Priority
from tests.fakes.sleepers import SleepersClock

STARTED = 100.0


@dataclass
class Passing:
    """A budget and who passed when, in seconds from the start."""

    rate: int = 25
    clock: SleepersClock = field(default_factory=SleepersClock)
    passed: list[tuple[str, float]] = field(default_factory=list)
    away: list[tuple[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.budget = Budget(self.rate, now=self.clock.now, nap=self.clock.nap)

    @property
    def order(self) -> list[str]:
        return [chat for chat, _ in self.passed]

    def come(
        self,
        *chats: str,
        priority: Priority = Priority.REPLY,
        connecting: float = 0.0,
        patience: float = 3600,
    ) -> list[asyncio.Task[Turn | None]]:
        return [
            asyncio.create_task(self._pass(chat, priority, connecting, patience)) for chat in chats
        ]

    async def _pass(
        self, chat: str, priority: Priority, connecting: float, patience: float
    ) -> Turn | None:
        try:
            turn = await self.budget.turn(chat, priority, patience=patience)
        except NoTurn as error:
            self.away.append((chat, round(error.wait, 3)))
            return None
        if connecting:
            await self.clock.sleep(connecting)
        turn.over()
        self.passed.append((chat, round(self.clock.now() - STARTED, 3)))
        return turn

    async def hold(self, chat: str) -> Turn:
        task = asyncio.create_task(self.budget.turn(chat, Priority.BROADCAST, held=True))
        await self.clock.run(task)
        return task.result()

    async def one(self, chat: str, priority: Priority = Priority.REPLY) -> Turn:
        (task,) = self.come(chat, priority=priority)
        await self.clock.run(task)
        turn = task.result()
        assert turn
        return turn


def most_in_a_second(moments: list[float]) -> int:
    return max(sum(start <= one < start + 1 for one in moments) for start in moments)


async def test_over_all_no_second_sees_more_than_the_rate() -> None:
    passing = Passing()
    names = [str(number) for number in range(200)]
    await passing.clock.run(*passing.come(*names))
    assert passing.order == names
    moments = [moment for _, moment in passing.passed]
    assert most_in_a_second(moments) == 25
    assert 199 / moments[-1] >= 0.97 * 25


async def test_a_chat_gets_a_few_replies_at_once_and_then_one_a_second() -> None:
    passing = Passing(rate=1000)
    await passing.clock.run(*passing.come(*["a"] * 7))
    assert [round(moment, 1) for _, moment in passing.passed] == [0, 0, 0, 1, 2, 3.1, 4.1]


async def test_a_broadcast_keeps_its_distance_from_all_a_chat_got() -> None:
    passing = Passing(rate=1000)
    await passing.clock.run(*passing.come("a", "a"))
    await passing.clock.run(*passing.come("a", "a", priority=Priority.BROADCAST))
    assert [round(moment, 1) for _, moment in passing.passed] == [0, 0, 2, 3.1]


async def test_a_group_gets_twenty_a_minute() -> None:
    passing = Passing(rate=1000)
    await passing.clock.run(*passing.come(*["-100123"] * 41))
    moments = [moment for _, moment in passing.passed]
    assert all(sum(start <= one < start + 60 for one in moments) <= 20 for start in moments)
    assert moments[-1] < 125


async def test_who_waits_for_a_busy_chat_keeps_nobody_else_waiting() -> None:
    passing = Passing(rate=1000)
    await passing.clock.run(*passing.come(*["a"] * 20, "b"))
    assert dict(passing.passed)["b"] < 0.1
    assert Counter(passing.order) == {"a": 20, "b": 1}


async def test_a_broadcast_passes_only_when_no_reply_waits() -> None:
    passing = Passing(rate=10)
    news = passing.come("b0", "b1", "b2", "b3", "b4", priority=Priority.BROADCAST)
    await passing.clock.settle()
    replies = passing.come("r0", "r1", "r2")
    await passing.clock.run(*news, *replies)
    assert passing.order == ["b0", "b1", "b2", "r0", "r1", "r2", "b3", "b4"]


async def test_after_a_stall_no_second_sees_more_than_the_rate() -> None:
    passing = Passing()
    tasks = passing.come(*map(str, range(100)))
    for _ in range(9):
        await passing.clock.settle()
        passing.clock.moment += 0.4
    await passing.clock.run(*tasks)
    assert most_in_a_second([moment for _, moment in passing.passed]) <= 25


async def test_a_call_counts_from_when_it_leaves_however_long_it_connects() -> None:
    passing = Passing()
    slow = passing.come(*map(str, range(10)), connecting=0.9)
    quick = passing.come(*map(str, range(10, 70)))
    await passing.clock.run(*slow, *quick)
    assert most_in_a_second([moment for _, moment in passing.passed]) <= 25


async def test_a_held_turn_keeps_nobody_waiting_and_goes_when_the_second_has_room() -> None:
    passing = Passing(rate=2)
    held, unused = await passing.hold("a"), await passing.hold("b")
    unused.over()
    await passing.clock.run(*passing.come("c", "d"))
    (_, third), (_, fourth) = passing.passed
    assert fourth < 1.6
    await passing.clock.run(asyncio.create_task(passing.budget.let_go(held)))
    gone = passing.clock.now() - STARTED
    assert third + 1 < gone < fourth + 1
    held.over()
    await passing.clock.run(*passing.come("e"))
    assert most_in_a_second([third, fourth, gone, passing.passed[2][1]]) == 2


async def test_a_held_turn_comes_before_its_moment_and_leaves_at_it() -> None:
    passing = Passing(rate=2)
    await passing.one("a")
    held = await passing.hold("b")
    given = passing.clock.now()
    await passing.clock.run(asyncio.create_task(passing.budget.let_go(held)))
    assert given == pytest.approx(held.moment.at - OwnSlots(2).ahead)
    assert passing.clock.now() == pytest.approx(held.moment.at)


class SharedMoments(OwnSlots):
    """Others speak at the moments between."""

    late = 0.01


@pytest.mark.parametrize("writing", [0.02, 0.2])
async def test_a_moment_shared_with_others_that_is_missed_is_not_made_up_for(
    writing: float,
) -> None:
    clock = SleepersClock()
    slots = SharedMoments(10)
    budget = Budget(10, slots=slots, now=clock.now, nap=clock.nap)
    gone = []
    for chat in "abcde":
        held = await clock.within(budget.turn(chat, Priority.BROADCAST, held=True))
        clock.moment += writing
        await clock.within(budget.let_go(held))
        assert held.moment.at <= clock.now() <= held.moment.at + slots.late
        gone.append(clock.now())
        held.over()
    assert all(later - one >= 0.1 for one, later in pairwise(gone[1:]))


async def test_a_held_turn_is_taken_back_by_a_silence() -> None:
    passing = Passing()
    held, refused = await passing.hold("a"), await passing.one("b")
    await passing.budget.refused(refused, 7)
    with pytest.raises(NoTurn) as told:
        await passing.budget.let_go(held)
    assert told.value.wait == 7
    held.over()
    await passing.clock.run(*passing.come(*map(str, range(50))))
    assert most_in_a_second([moment for _, moment in passing.passed]) <= 25


async def test_calls_that_do_not_leave_hold_the_others_up() -> None:
    passing = Passing(rate=2)
    stuck = passing.come("a", "b", connecting=20)
    await passing.clock.run(*stuck, *passing.come("c"))
    assert [round(moment) for _, moment in passing.passed] == [20, 20, 21]


async def test_a_silence_of_the_bot_is_kept_by_everybody() -> None:
    passing = Passing()
    waiting = passing.come(*map(str, range(60)))
    await passing.clock.run(*waiting[:30])
    refused = waiting[29].result()
    assert refused
    await passing.budget.refused(refused, 7)
    announced = passing.clock.now() - STARTED
    assert round(passing.budget.silence, 3) == 7
    await passing.clock.run(*waiting)
    moments = [moment for _, moment in passing.passed]
    assert not [moment for moment in moments if announced < moment < announced + 7]
    assert len(moments) == 60
    assert passing.budget.rate == 12.5


async def test_what_is_let_go_and_not_gone_is_recalled_by_a_silence() -> None:
    passing = Passing()
    refused, other = await passing.one("a"), await passing.one("b")
    recalled = [other.is_recalled]
    await passing.budget.refused(refused, 7)
    recalled.append(other.is_recalled)
    passing.clock.moment += 7
    recalled.append(other.is_recalled)
    assert recalled == [False, True, False]


async def test_refusals_of_one_flood_slow_down_once() -> None:
    passing = Passing()
    tasks = passing.come(*map(str, range(20)))
    await passing.clock.run(*tasks)
    for task in tasks:
        turn = task.result()
        assert turn
        await passing.budget.refused(turn, 3)
    assert passing.budget.rate == 12.5


async def test_a_chat_flooded_while_the_bot_is_quiet_is_silent_alone() -> None:
    passing = Passing()
    tasks = passing.come("a", "a", "a")
    await passing.clock.run(*tasks)
    turn = tasks[2].result()
    assert turn
    await passing.budget.refused(turn, 30)
    assert round(passing.budget.silence, 3) == 0
    assert passing.budget.rate == 25
    await passing.clock.run(*passing.come("b"), *passing.come("a"))
    (_, other), (_, same) = passing.passed[3:]
    assert other < 1
    assert same >= 30


async def test_a_chat_that_got_one_message_cannot_be_flooded_so_the_bot_is() -> None:
    passing = Passing()
    await passing.budget.refused(await passing.one("a"), 30)
    assert round(passing.budget.silence, 3) == 30


async def test_a_busy_bot_refused_for_a_busy_chat_is_silent_to_be_sure() -> None:
    passing = Passing()
    tasks = passing.come(*map(str, range(20)), "a", "a")
    await passing.clock.run(*tasks)
    turn = tasks[-1].result()
    assert turn
    assert not turn.is_spaced
    await passing.budget.refused(turn, 30)
    assert round(passing.budget.silence, 3) == 30


async def test_who_cannot_wait_so_long_is_told_at_once_and_how_long() -> None:
    passing = Passing()
    await passing.budget.refused(await passing.one("a"), 7)
    await passing.clock.run(*passing.come("b", patience=5))
    assert passing.away == [("b", 7)]
    assert passing.clock.now() == STARTED
    await passing.clock.run(*passing.come("b", patience=8))
    assert passing.passed[1:] == [("b", 7)]


async def test_who_loses_patience_in_the_queue_is_told() -> None:
    passing = Passing(rate=1)
    await passing.clock.run(*passing.come("a", "b"), *passing.come("c", patience=0.5))
    assert passing.order == ["a", "b"]
    assert [chat for chat, _ in passing.away] == ["c"]


async def test_without_patience_there_is_a_turn_now_or_none() -> None:
    passing = Passing(rate=1)
    await passing.clock.run(*passing.come("a", patience=0))
    await passing.clock.run(*passing.come("b", patience=0))
    assert (passing.order, [chat for chat, _ in passing.away]) == (["a"], ["b"])
    assert passing.clock.now() == STARTED


async def test_who_goes_away_leaves_the_turn_to_the_next() -> None:
    passing = Passing(rate=1)
    first, second, third = passing.come("a", "b", "c")
    await passing.clock.run(first)
    second.cancel()
    await passing.clock.run(third)
    assert [moment for _, moment in passing.passed] == [0, 1.012]


async def test_a_turn_given_to_one_who_just_went_away_counts_as_used() -> None:
    passing = Passing(rate=1)
    task = asyncio.create_task(passing.budget.turn("a"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await passing.clock.settle()
    assert task.cancelled()
    await passing.clock.run(*passing.come("b"))
    assert passing.order == ["b"]


class BrokenSlots(OwnSlots):
    """Fails once."""

    broken = True

    def want(self, demand: Demand, wake: Callable[[], None]) -> None:
        if self.broken:
            self.broken = False
            raise ValueError("a fault of ours")
        super().want(demand, wake)


async def test_a_fault_of_ours_is_told_to_those_who_wait_and_to_nobody_after() -> None:
    clock = SleepersClock()
    budget = Budget(25, slots=BrokenSlots(25), now=clock.now, nap=clock.nap)
    with pytest.raises(ValueError, match="a fault of ours"):
        await budget.turn("a")
    assert await clock.within(budget.turn("b"))


async def test_chats_long_silent_are_forgotten() -> None:
    passing = Passing(rate=30)
    for number in range(REMEMBERED + 2):
        passing.clock.moment += 10
        passing.budget._chats.write(str(number), passing.clock.now())
    assert len(passing.budget._chats._even) < 10
