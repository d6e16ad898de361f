"""Whoever comes in whatever order, the provider's rules hold, and nobody waits without need.

The moments are those at which calls leave: what the provider sees, but for the network.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.pace.budget import Budget
from bot.channels.pace.waiting import NoTurn
from bot.messages import Priority
from tests.fakes.sleepers import SleepersClock

RATE = 10


@dataclass(frozen=True)
class Caller:
    """Comes after a while, to write to a chat; its call takes a while to leave."""

    after: float
    chat: str
    priority: Priority
    connecting: float
    patience: float
    refused_for: int


@dataclass(frozen=True)
class Passed:
    caller: Caller
    came: float
    let_go: float
    left: float


@dataclass
class Street:
    """What happens to a crowd of callers."""

    clock: SleepersClock = field(default_factory=SleepersClock)
    passed: list[Passed] = field(default_factory=list)
    away: list[tuple[Caller, float]] = field(default_factory=list)
    silences: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.budget = Budget(RATE, now=self.clock.now, nap=self.clock.nap)

    async def walk(self, callers: list[Caller]) -> None:
        await self.clock.run(*(asyncio.create_task(self._come(one)) for one in callers))

    async def _come(self, one: Caller) -> None:
        await self.clock.sleep(one.after)
        came = self.clock.now()
        try:
            turn = await self.budget.turn(one.chat, one.priority, patience=one.patience)
        except NoTurn:
            self.away.append((one, self.clock.now() - came))
            return
        if one.connecting:
            await self.clock.sleep(one.connecting)
        turn.over()
        now = self.clock.now()
        self.passed.append(Passed(one, came, turn.let_go, now))
        if one.refused_for:
            self.silences.append((now, now + one.refused_for))
            await self.budget.refused(turn, one.refused_for)


def callers(*, refused: bool = False) -> st.SearchStrategy[list[Caller]]:
    one = st.builds(
        Caller,
        after=st.floats(0, 4).map(lambda value: round(value, 2)),
        chat=st.sampled_from([*"abcdefghijklmnop", "-100"]),
        priority=st.sampled_from(Priority),
        connecting=st.sampled_from([0, 0, 0, 0.02, 0.3, 1.5]),
        patience=st.sampled_from([0.5, 20.0, 3600.0, 3600.0]),
        refused_for=st.sampled_from([0] * 8 + [1, 5]) if refused else st.just(0),
    )
    return st.lists(one, min_size=1, max_size=60)


@settings(max_examples=60)
@given(callers())
async def test_no_second_sees_more_than_the_rate(crowd: list[Caller]) -> None:
    street = Street()
    await street.walk(crowd)
    left = sorted(one.left for one in street.passed)
    assert all(later - sooner > 1 for sooner, later in zip(left, left[RATE:], strict=False))


@settings(max_examples=60)
@given(callers())
async def test_no_chat_sees_more_than_its_own(crowd: list[Caller]) -> None:
    street = Street()
    await street.walk(crowd)
    for chat in {one.caller.chat for one in street.passed}:
        gone = sorted(one.let_go for one in street.passed if one.caller.chat == chat)
        at_once, seconds = (1, 3) if chat == "-100" else (3, 1)
        assert all(
            later - sooner > seconds for sooner, later in zip(gone, gone[at_once:], strict=False)
        )


@settings(max_examples=60)
@given(callers())
async def test_a_reply_waits_for_no_broadcast(crowd: list[Caller]) -> None:
    street = Street()
    await street.walk(crowd)
    news = [one for one in street.passed if one.caller.priority is Priority.BROADCAST]
    for reply in street.passed:
        if reply.caller.priority is Priority.REPLY:
            alike = {one.let_go for one in street.passed if one.caller.chat == reply.caller.chat}
            overtaken = [one for one in news if reply.came < one.let_go < reply.let_go]
            # Only where its own chat could not be written to.
            assert not overtaken or len(alike) > 1


@settings(max_examples=60)
@given(callers())
async def test_everybody_passes_or_is_told_when_patience_ends(crowd: list[Caller]) -> None:
    street = Street()
    await street.walk(crowd)
    assert len(street.passed) + len(street.away) == len(crowd)
    assert all(waited <= caller.patience + 0.001 for caller, waited in street.away)
    assert all(one.let_go - one.came <= one.caller.patience + 0.001 for one in street.passed)
    assert not any(caller.patience == 3600 for caller, _ in street.away)


@settings(max_examples=60)
@given(callers(refused=True).filter(lambda crowd: any(one.refused_for for one in crowd)))
async def test_nobody_is_let_go_inside_a_silence(crowd: list[Caller]) -> None:
    street = Street()
    spaced = [one for number, one in enumerate(crowd) if one.chat not in _before(crowd, number)]
    await street.walk(spaced)
    for start, end in street.silences:
        assert not [one for one in street.passed if start < one.let_go < end]


def _before(crowd: list[Caller], number: int) -> set[str]:
    """The chats of those before: who writes to a chat twice may be refused for that alone."""
    return {one.chat for one in crowd[:number]}
