"""Providers that take messages, refuse some, and keep what they took for the verdict."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from typing import Final, Self

from broadcasts.delivery.answers import Answer, Fault
from broadcasts.delivery.ports import Letter
from tests.conftest import FrozenClock

# Between two messages to a provider that is slow.
SLOW: Final = timedelta(seconds=150)


@dataclass(frozen=True)
class Posted:
    """One message that a provider took."""

    at: datetime
    delivery: int
    address: str


@dataclass
class Postbox:
    """A provider that takes messages at once or refuses some; implements ``Sender``, ``Turn``."""

    clock: FrozenClock
    dice: random.Random
    taken: list[Posted] = field(default_factory=list)
    calls: int = 0
    slow: bool = False
    at_once: int = 10
    silence: float = 0.0
    _next: datetime | None = None

    @property
    def rate(self) -> float:
        return 1 / SLOW.total_seconds() if self.slow else inf

    def account(self, address: str) -> str:  # noqa: ARG002 - there is one
        return ""

    async def turn(self, address: str) -> Self | None:  # noqa: ARG002 - everybody's
        now = self.clock.now()
        if self.slow and self._next and now < self._next:
            return None
        self._next = now + SLOW
        return self

    def over(self) -> None:
        pass

    async def send(self, letter: Letter) -> Answer:
        self.calls += 1
        luck = self.dice.random()
        if luck < 0.004:
            return Answer(fault=Fault.BLOCKED)
        if luck < 0.014:
            return Answer(fault=Fault.RATE_LIMITED, retryable=True, retry_after=3.0)
        if luck < 0.024:
            return Answer(fault=Fault.UNREACHABLE, retryable=True)
        self.taken.append(Posted(self.clock.now(), letter.delivery, letter.address))
        # It arrived, and nobody knows.
        return Answer(fault=Fault.UNCERTAIN) if luck < 0.027 else Answer(external_id="1")
