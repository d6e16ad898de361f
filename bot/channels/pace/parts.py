"""The messages of one reply on their way: each takes its turn, the first in one that was held."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from bot.channels.errors import SendCode, SendError
from bot.channels.pace.line import NoTurn
from bot.channels.pace.turn import Turn
from bot.messages import OutgoingMessage, Priority

TRIES_OF_A_LATER_PART: Final = 3
LONGEST_WAIT_FOR_A_PART: Final = 10.0


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


class Pace(Protocol):
    """Gives turns; see ``budget.Budget``."""

    async def turn(
        self, chat: str, priority: Priority = ..., *, patience: float = ..., held: bool = ...
    ) -> Turn:
        """Wait for a turn to write to ``chat``.

        Raises:
            NoTurn: it does not come within ``patience`` seconds.
        """
        ...

    async def let_go(self, turn: Turn) -> None:
        """Let a held turn go.

        Raises:
            NoTurn: silence was asked for meanwhile.
        """
        ...


class Sends(Protocol):
    """Sends whole replies, each message in its turn."""

    async def send(self, message: OutgoingMessage, turn: Turn | None = None) -> str:
        """Send the first message of a reply in ``turn`` if there is one, the others in theirs."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """A turn that was held for a whole reply; implements ``bot.channels.port.Turn``."""

    sends: Sends
    turn: Turn

    async def send(self, message: OutgoingMessage) -> str:
        """Send the first message in this turn; see ``Turn``."""
        return await self.sends.send(message, self.turn)

    def over(self) -> None:
        """Leave it to others; see ``Turn``."""
        self.turn.over()


P = TypeVar("P", bound=Part)
# Makes one call in a turn and says what became of it.
Give = Callable[[P, Turn], Awaitable[str]]


class Parts(Generic[P]):
    """Sends messages in turns of ``pace``."""

    def __init__(self, pace: Pace, give: Give[P]) -> None:
        """Have ``give`` make each call; a turn it did not end is over when it is back."""
        self._pace = pace
        self._give = give

    async def hold(self, chat: str, priority: Priority, patience: float) -> Turn:
        """Wait for a turn and hold it; see ``PacedChannel``."""
        with _telling():
            return await self._pace.turn(chat, priority, patience=patience, held=True)

    async def send(self, part: P, turn: Turn | None = None) -> str:
        """Send the first message, in the held ``turn`` where there is one.

        Raises:
            SendError: it was not delivered.
        """
        if turn is None:
            return await self._when_its_turn_comes(part)
        try:
            with _telling():
                await self._pace.let_go(turn)
            return await self._give(part, turn)
        finally:
            turn.over()

    async def follow(self, parts: Iterable[P], first: str) -> str:
        """Send what follows the message of the id ``first``; give the id of the last.

        Raises:
            SendError: only a part of all went out.
        """
        for part in parts:
            first = await self._later(part)
        return first

    async def _later(self, part: P) -> str:
        """Send a message after the first: it is tried again here, not the whole later."""
        for attempt in range(1, TRIES_OF_A_LATER_PART + 1):
            try:
                return await self._when_its_turn_comes(part)
            except SendError as fault:
                if not fault.retryable:
                    raise
                if attempt < TRIES_OF_A_LATER_PART:
                    wait = fault.retry_after or attempt
                    await asyncio.sleep(min(wait, LONGEST_WAIT_FOR_A_PART))
        raise SendError(SendCode.UNCERTAIN, "only a part went out", retryable=False)

    async def _when_its_turn_comes(self, part: P) -> str:
        """Send when the turn comes; one that was taken back is waited for again."""
        while True:
            with _telling():
                turn = await self._pace.turn(part.chat, part.priority, patience=part.patience)
            try:
                return await self._give(part, turn)
            except SendError as fault:
                if fault.code is not SendCode.NO_TURN:
                    raise
            finally:
                turn.over()


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except NoTurn as error:
        raise no_turn(error, error.wait) from error


def no_turn(why: Exception, wait: float) -> SendError:
    """Say that there was no turn, and none for ``wait`` seconds; it never left."""
    return SendError(SendCode.NO_TURN, str(why), retryable=True, retry_after=wait)
