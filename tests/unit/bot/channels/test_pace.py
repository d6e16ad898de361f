"""Sends keep under the provider's rates, on a clock that only sleeping moves."""

from __future__ import annotations

import asyncio
import heapq
from collections import Counter
from dataclasses import dataclass, field

import pytest

from bot.channels.pace import NoTurn, Pace
from bot.messages import Priority


@dataclass
class SleepersClock:
    """Moves on when everybody sleeps, to the moment the first of them wakes."""

    moment: float = 100.0
    sleepers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    count: int = 0

    def now(self) -> float:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        self.count += 1
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self.sleepers, (self.moment + seconds, self.count, waking))
        await waking

    async def run(self, *tasks: asyncio.Task[None]) -> None:
        while not all(task.done() for task in tasks):
            for _ in range(5):
                await asyncio.sleep(0)
            if self.sleepers:
                self.moment, _, waking = heapq.heappop(self.sleepers)
                waking.set_result(None)


async def _passing(chats: list[str], per_second: float = 25) -> list[tuple[str, float]]:
    """Give who passed and when, in seconds from the start."""
    clock = SleepersClock()
    pace = Pace(per_second, now=clock.now, sleep=clock.sleep)
    passed = []

    async def pass_(chat: str) -> None:
        await pace.turn(chat)
        passed.append((chat, round(clock.now() - 100, 3)))

    await clock.run(*(asyncio.create_task(pass_(chat)) for chat in chats))
    return passed


async def test_over_all_no_second_sees_more_than_the_rate() -> None:
    passed = await _passing([str(number) for number in range(100)])
    assert [chat for chat, _ in passed] == [str(number) for number in range(100)]
    assert passed[-1][1] == 3.96
    moments = [moment for _, moment in passed]
    assert all(sum(start <= one < start + 0.99 for one in moments) <= 25 for start in moments)


async def test_a_chat_gets_a_few_at_once_and_then_one_a_second() -> None:
    moments = [moment for _, moment in await _passing(["a"] * 7, per_second=1000)]
    assert [round(moment) for moment in moments] == [0, 0, 0, 1, 2, 3, 4]


async def test_who_waits_for_a_busy_chat_keeps_nobody_else_waiting() -> None:
    passed = await _passing(["a"] * 20 + ["b"], per_second=1000)
    assert dict(passed)["b"] < 0.1
    assert Counter(chat for chat, _ in passed) == {"a": 20, "b": 1}


async def test_a_broadcast_passes_only_when_no_reply_waits() -> None:
    clock = SleepersClock()
    pace = Pace(10, now=clock.now, sleep=clock.sleep)
    passed = []

    async def pass_(chat: str, priority: Priority) -> None:
        await pace.turn(chat, priority)
        passed.append(chat)

    first = [asyncio.create_task(pass_(f"b{n}", Priority.BROADCAST)) for n in range(3)]
    replies = [asyncio.create_task(pass_(f"r{n}", Priority.REPLY)) for n in range(3)]
    await clock.run(*first, *replies)
    assert passed == ["b0", "r0", "r1", "r2", "b1", "b2"]


async def test_who_cannot_wait_so_long_is_told_at_once() -> None:
    clock = SleepersClock()
    pace = Pace(10, now=clock.now, sleep=clock.sleep)
    pace.hush(7)
    assert pace.silence == 7
    with pytest.raises(NoTurn) as raised:
        await pace.turn("a", patience=5)
    assert raised.value.wait == 7
    await clock.run(asyncio.create_task(pace.turn("a", patience=8)))
    assert clock.now() == 107


async def test_after_a_pause_a_chat_gets_a_few_at_once_again() -> None:
    clock = SleepersClock()
    pace = Pace(1000, now=clock.now, sleep=clock.sleep)
    for _ in range(2):
        tasks = [asyncio.create_task(pace.turn("a")) for _ in range(3)]
        started = clock.now()
        await clock.run(*tasks)
        assert clock.now() - started < 0.1
        clock.moment += 60


async def test_chats_long_silent_are_forgotten() -> None:
    clock = SleepersClock()
    pace = Pace(1e9, now=clock.now, sleep=clock.sleep)
    for number in range(10_001):
        clock.moment += 1
        await clock.run(asyncio.create_task(pace.turn(str(number))))
    assert len(pace._chats) < 10
