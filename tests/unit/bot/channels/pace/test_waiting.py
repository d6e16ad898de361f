"""Who waits for a turn is told what went wrong, and never waits for a task that has died."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from bot.channels.pace.waiting import Calling, Waiters
from bot.messages import Priority


@dataclass
class _Turn:
    is_over: bool = False

    def over(self) -> None:
        self.is_over = True


class _Office:
    """Gives one turn to who is next, unless it ``fails``."""

    def __init__(self) -> None:
        self.waiters = Waiters[_Turn]()
        self.calling = Calling(self.waiters, self._call)
        self.fails = False
        self.given: list[_Turn] = []
        self.gives_up: asyncio.Task[_Turn] | None = None

    async def _call(self) -> None:
        if self.fails:
            raise LookupError("no log")
        first = next(iter(self.waiters))
        self.waiters.leave(first)
        self.given.append(_Turn())
        first.called.set_result(self.given[-1])
        if self.gives_up:
            self.gives_up.cancel()

    async def turn(self, priority: Priority = Priority.REPLY) -> _Turn:
        return await self.calling.wait("a", priority, ends=float("inf"))


async def test_a_fault_is_told_to_all_who_wait_and_the_next_are_called_again() -> None:
    office = _Office()
    office.fails = True
    told = await asyncio.gather(office.turn(), office.turn(), return_exceptions=True)
    assert [type(one) for one in told] == [LookupError, LookupError]
    office.fails = False
    assert await office.turn() is office.given[0]


async def test_replies_are_called_before_news_that_came_first() -> None:
    office = _Office()
    news, reply = await asyncio.gather(office.turn(Priority.BROADCAST), office.turn())
    assert office.given == [reply, news]


async def test_a_turn_that_comes_when_nobody_wants_it_any_more_is_over() -> None:
    office = _Office()
    office.gives_up = asyncio.create_task(office.turn())
    with pytest.raises(asyncio.CancelledError):
        await office.gives_up
    assert office.given[0].is_over
    assert not office.waiters
