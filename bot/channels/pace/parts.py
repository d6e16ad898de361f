"""The messages of one reply on their way: each takes its turn, the first in one that was held."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from bot.channels.errors import Cut, SendCode, SendError
from bot.channels.pace.waiting import NoTurn
from bot.messages import OutgoingMessage, Priority

TRIES_OF_A_LATER_PART: Final = 3
LONGEST_WAIT_FOR_A_PART: Final = 10.0
# What lasts longer than the pieces of a message may lie apart.
LASTING: Final = frozenset({SendCode.NO_QUOTA, SendCode.MISCONFIGURED})


class Part(Protocol):
    """One message as the provider counts them, to ``chat``; ``patience`` is in seconds."""

    @property
    def chat(self) -> str:
        """To whom it goes."""
        ...

    @property
    def priority(self) -> Priority:
        """Whether it goes before others."""
        ...

    @property
    def patience(self) -> float:
        """How long it may wait for its turn."""
        ...


class Given(Protocol):
    """A turn to make one call, as a pace gives it."""

    def over(self) -> None:
        """Note that the call was made, or never will be; once is enough."""
        ...


P = TypeVar("P", bound=Part)
T = TypeVar("T", bound=Given)
# Makes one call in a turn and says what became of it.
Give = Callable[[P, T], Awaitable[str]]


class Pace(Protocol[T]):
    """Gives turns; see ``budget.Budget``."""

    async def turn(
        self, chat: str, priority: Priority = ..., *, patience: float = ..., held: bool = ...
    ) -> T:
        """Wait for a turn to write to ``chat``.

        Raises:
            NoTurn: it does not come within ``patience`` seconds.
        """
        ...

    async def let_go(self, turn: T) -> None:
        """Let a held turn go.

        Raises:
            NoTurn: silence was asked for meanwhile.
        """
        ...


@dataclass(frozen=True, slots=True)
class Held(Generic[T]):
    """A turn that was held for a whole reply; implements ``bot.channels.port.Turn``."""

    sends: Callable[[OutgoingMessage, T], Awaitable[str]]
    turn: T

    async def send(self, message: OutgoingMessage) -> str:
        """Send the first message in this turn, the others in theirs; see ``Turn``."""
        return await self.sends(message, self.turn)

    def over(self) -> None:
        """Leave it to others; see ``Turn``."""
        self.turn.over()


class Parts(Generic[P, T]):
    """Sends messages in turns of ``pace``."""

    def __init__(self, pace: Pace[T], give: Give[P, T]) -> None:
        """Have ``give`` make each call; a turn it did not end is over when it is back."""
        self._pace = pace
        self._give = give

    async def hold(self, chat: str, priority: Priority, patience: float) -> T:
        """Wait for a turn and hold it; see ``PacedChannel``."""
        with telling():
            return await self._pace.turn(chat, priority, patience=patience, held=True)

    async def send(self, part: P, turn: T | None = None) -> str:
        """Send the first message, in the held ``turn`` where there is one.

        Raises:
            SendError: it was not delivered.
        """
        if turn is None:
            return await self._when_its_turn_comes(part)
        try:
            with telling():
                await self._pace.let_go(turn)
            return await self._give(part, turn)
        finally:
            turn.over()

    async def follow(self, parts: Iterable[P], first: str) -> str:
        """Send what follows the message of the id ``first``; give the id of the last.

        Raises:
            SendError: only a part of all went out; its ``cut`` tells which.
        """
        for went, part in enumerate(parts, start=1):
            try:
                first = await self._later(part)
            except SendError as fault:
                raise _cut_short(fault, went, first) from fault
        return first

    async def _later(self, part: P) -> str:
        """Send a message after the first: it is tried again here, not the whole later."""
        for attempt in range(1, TRIES_OF_A_LATER_PART):
            try:
                return await self._when_its_turn_comes(part)
            except SendError as fault:
                if not fault.retryable or fault.code in LASTING:
                    raise
                wait = fault.retry_after or attempt
                await asyncio.sleep(min(wait, LONGEST_WAIT_FOR_A_PART))
        return await self._when_its_turn_comes(part)

    async def _when_its_turn_comes(self, part: P) -> str:
        """Send when the turn comes; one that was taken back is waited for again."""
        while True:
            with telling():
                turn = await self._pace.turn(part.chat, part.priority, patience=part.patience)
            try:
                return await self._give(part, turn)
            except SendError as fault:
                if fault.code is not SendCode.NO_TURN:
                    raise
            finally:
                turn.over()


def _cut_short(fault: SendError, went: int, last: str) -> SendError:
    """Say how far a message came; who sends it whole again would say its beginning twice."""
    cut = Cut(went=went, last=last, why=fault.why)
    if fault.cut:
        cut = Cut(went=went + fault.cut.went, last=fault.cut.last, why=fault.why)
    code = SendCode.UNCERTAIN if fault.retryable else fault.code
    detail = f"only the first {cut.went} went out: {fault.detail}"
    return SendError(code, detail, retryable=False, cut=cut)


@contextmanager
def telling() -> Iterator[None]:
    """Tell in the words of a channel that there was no turn."""
    try:
        yield
    except NoTurn as error:
        raise no_turn(error, error.wait) from error


def no_turn(why: Exception, wait: float) -> SendError:
    """Say that there was no turn, and none for ``wait`` seconds; it never left."""
    return SendError(SendCode.NO_TURN, str(why), retryable=True, retry_after=wait)
