"""The moments at which a bot may speak: made here, or shared out among processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

from bot.channels.pace.speed import Speed

# Of a second more than a second: what of the rate is left to the jitter of the network.
SPARED: Final = 0.016
# Seconds; who is late by no more catches up, as far as the window lets them.
SLACK: Final = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """How many wait for a moment to speak."""

    replies: int = 0
    broadcasts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment to speak ``at``; ``due`` is what it was before a late call put it off.

    ``number`` tells its place in the line of all processes; who has the bot alone needs none.
    """

    at: float
    due: float
    number: int = 0


class Slots(Protocol):
    """Where the moments come from. Moments are seconds of this process's steady clock."""

    def want(self, demand: Demand, wake: Callable[[], None]) -> None:
        """Begin to get moments for those who wait, and news; ``wake`` is called when they came."""
        ...

    async def refresh(self) -> None:
        """Learn of a silence now; never fails, never lasts."""
        ...

    @property
    def ahead(self) -> float:
        """So many seconds before its moment a turn is held: what is written down takes less."""
        ...

    @property
    def late(self) -> float:
        """For how many seconds after its moment a call may still leave."""
        ...

    def opens(self, now: float, ahead: float = 0.0) -> float:
        """Give when the next moment is ``ahead`` by no more, or when to want again.

        Infinity until woken.
        """
        ...

    def use(self, now: float) -> Moment:
        """Spend the next moment and give it; it has come, or lies ahead as asked for."""
        ...

    def left(self, moment: Moment, now: float) -> None:
        """Note that the call of ``moment`` is on the line, or never will be."""
        ...

    async def hush(self, now: float, seconds: float, *, since: float) -> None:
        """Let nobody speak for ``seconds``, and more slowly afterwards.

        A call let go before the last refusal, at ``since``, tells of nothing new.
        """
        ...

    def rate(self, now: float) -> float:
        """Give how many messages a second may go."""
        ...

    def silent_until(self) -> float:
        """Give the end of the silence asked for, as far as this process knows."""
        ...

    async def close(self) -> None:
        """Leave nothing under way."""
        ...


class OwnSlots:
    """The moments of a process that has the bot to itself, at even distances."""

    def __init__(self, per_second: float) -> None:
        """Start at full speed."""
        self._speed = Speed(allowed=per_second)
        self._next = 0.0
        self._silent_until = 0.0
        self._refused_at = 0.0

    def want(self, demand: Demand, wake: Callable[[], None]) -> None:
        """There is nobody to ask."""

    async def refresh(self) -> None:
        """All there is to know is known."""

    @property
    def ahead(self) -> float:
        """As long as a file of our own takes, mostly; who is late loses nothing."""
        return 0.02

    @property
    def late(self) -> float:
        """Nobody else speaks meanwhile: the last second alone bounds it; see ``Slots``."""
        return float("inf")

    def opens(self, now: float, ahead: float = 0.0) -> float:
        """Give the next moment; see ``Slots``."""
        return max(self._next - ahead, self._silent_until, now)

    def use(self, now: float) -> Moment:
        """Spend it; see ``Slots``."""
        moment = max(self._next, now)
        self._next = max(self._next, now - SLACK) + (1 + SPARED) / self.rate(now)
        return Moment(at=moment, due=moment)

    def left(self, moment: Moment, now: float) -> None:
        """There is nobody to tell."""

    async def hush(self, now: float, seconds: float, *, since: float) -> None:
        """Fall silent and slow down; see ``Slots``."""
        self._silent_until = max(self._silent_until, now + seconds)
        if since > self._refused_at:
            self._speed = self._speed.refused(now, self._silent_until)
            self._refused_at = now

    def rate(self, now: float) -> float:
        """Give the speed; see ``Slots``."""
        return self._speed.at(now)

    def silent_until(self) -> float:
        """Give the end of the silence; see ``Slots``."""
        return self._silent_until

    async def close(self) -> None:
        """Nothing is ever under way."""
