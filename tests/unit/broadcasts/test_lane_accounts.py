"""Several accounts behind one lane: what one of them suffers holds up no other's readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

import pytest

from broadcasts.delivery.answers import Answer, Fault
from broadcasts.delivery.books import Books
from broadcasts.delivery.bursts import MOST_DOWN
from broadcasts.delivery.lane import SHORT, Lane
from broadcasts.delivery.ports import Letter
from broadcasts.models import PauseReason, Route, RunId, RunStatus
from broadcasts.testing import InMemoryLedger, ScriptedSender
from tests.conftest import FrozenClock
from tests.fakes.never_quiet import NeverQuiet

MINUTE = 60
FLOOD = Answer(fault=Fault.RATE_LIMITED, retryable=True, retry_after=MINUTE)


@dataclass
class Switchboard(ScriptedSender):
    """Writes in the names of several accounts; those of ``turnless`` have no turn now."""

    at_once: int = 4
    rate: float = 3.0
    turnless: set[str] = field(default_factory=set)
    befalls: dict[str, Answer] = field(default_factory=dict)
    called: Counter[str] = field(default_factory=Counter)

    async def turn(self, address: str) -> Self | None:
        return None if self.account(address) in self.turnless else self

    async def send(self, letter: Letter) -> Answer:
        account = self.account(letter.address)
        self.called[account] += 1
        if answer := self.befalls.get(account):
            return answer
        return await super().send(letter)


@dataclass
class Offices:
    """A lane of several accounts; time passes only when told."""

    sender: Switchboard = field(default_factory=Switchboard)
    clock: FrozenClock = field(default_factory=FrozenClock)
    seconds: float = 0.0

    def __post_init__(self) -> None:
        self.books = Books(clock=self.clock)
        self.ledger = InMemoryLedger(self.books, "here")
        self.lane = Lane(
            Route.TELEGRAM, self.sender, self.ledger, clock=self.clock,
            hours=NeverQuiet(), elapsed=lambda: self.seconds,
        )  # fmt: skip

    def run(self, account: str, readers: int, *, urgent: bool = False) -> RunId:
        addresses = [f"{account}:{number}" for number in range(readers)]
        return self.books.add_run(addresses, urgent=urgent)

    async def goes_on(self, seconds: int) -> None:
        for _ in range(seconds):
            for _ in range(100):
                if await self.lane.round():
                    break
            self.seconds += 1
            self.clock.move(timedelta(seconds=1))

    def states(self, run: RunId) -> Mapping[str, int]:
        return Counter(str(row.status) for row in self.books.rows.values() if row.run == run)


async def test_an_account_without_a_turn_holds_up_nobody_else() -> None:
    house = Offices(Switchboard(turnless={"a"}))
    stalled = [house.run("a", 40), house.run("a", 40, urgent=True)]
    others = [house.run(account, 40) for account in "bc"]
    await house.goes_on(MINUTE)
    assert [house.states(run) for run in others] == [{"sent": 40}] * 2
    house.sender.turnless.clear()
    await house.goes_on(MINUTE)
    assert [house.states(run) for run in stalled] == [{"sent": 40}] * 2


async def test_a_run_that_begins_while_another_account_has_no_turn_goes_out() -> None:
    house = Offices(Switchboard(turnless={"a"}))
    house.run("a", 40)
    await house.goes_on(5)
    later = house.run("b", 10)
    await house.goes_on(5)
    assert house.states(later) == {"sent": 10}


async def test_a_silence_asked_of_one_account_is_kept_by_that_one_alone() -> None:
    house = Offices(Switchboard(befalls={"a": FLOOD}))
    house.run("a", 40)
    other = house.run("b", 40)
    await house.goes_on(MINUTE - 1)
    assert house.sender.called["a"] <= house.sender.at_once
    assert house.states(other) == {"sent": 40}


@pytest.mark.parametrize("fault", sorted(MOST_DOWN))
async def test_an_account_that_leads_nowhere_stops_its_own_run(fault: Fault) -> None:
    down = Answer(fault=fault, retryable=True)
    house = Offices(Switchboard(befalls={"a": down}))
    dead, other = house.run("a", 40), house.run("b", 400)
    await house.goes_on(MINUTE)
    assert house.states(other) == {"sent": 400}
    await house.goes_on(MINUTE * MOST_DOWN[fault])
    assert house.sender.called["a"] == house.sender.at_once + MOST_DOWN[fault] - 1
    assert house.books.runs[dead].reason == PauseReason.ERRORS
    assert house.books.runs[other].status is RunStatus.RUNNING


async def test_of_one_account_the_urgent_and_the_older_run_goes_first() -> None:
    house = Offices()
    house.run("a", 30)
    last = house.run("a", 30)
    urgent = house.run("a", 30, urgent=True)
    beside = house.run("b", 30)
    for _ in range(4):
        await house.lane.round()
    assert house.states(urgent)["sent"] > 0
    assert house.states(beside)["sent"] > 0
    assert house.states(last)["pending"] >= 29


async def test_rows_that_get_no_turn_for_long_are_left_to_others_before_their_claim_ends() -> None:
    house = Offices(Switchboard(turnless={"a"}))
    run = house.run("a", 40)
    most = 0
    for _ in range(MINUTE):
        await house.goes_on(1)
        rescued = await house.ledger.rescue()
        assert rescued.freed == 0
        most = max(most, house.states(run).get("claimed", 0))
    assert 0 < most <= SHORT * house.sender.rate
