"""What every channel promises; tests/contract/test_channels.py holds each of them to it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.messages import (
    ChannelName,
    CitizenAddress,
    IncomingMessage,
    OutgoingMessage,
    Priority,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one call fetched, and the ``cursor`` that confirms it in the next call."""

    messages: tuple[IncomingMessage, ...]
    cursor: int
    left: tuple[CitizenAddress, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What one call of a provider brought; ``left`` are citizens who blocked us."""

    messages: tuple[IncomingMessage, ...]
    left: tuple[CitizenAddress, ...] = ()


class Channel(Protocol):
    """A way to and from citizens."""

    @property
    def name(self) -> ChannelName:
        """The channel's name in the tables."""
        ...

    async def send(self, message: OutgoingMessage) -> str:
        """Deliver ``message`` and give the provider's id of it (empty when it has none).

        Long text goes out in several parts, split on sentence borders; choices stand under the
        last. Never called twice for a row whose outcome is known. Waits for its turn under the
        provider's rates, replies first, at most ``message.patience`` seconds.

        Raises:
            SendError: it was not delivered; ``retryable`` tells whether it surely never left.
        """
        ...


class Turn(Protocol):
    """A turn to write to one address, held until it is used or given up."""

    async def send(self, message: OutgoingMessage) -> str:
        """Send in this turn, at once; see ``Channel.send``, which waits for a turn itself.

        Raises:
            SendError: it was not delivered; ``NO_TURN`` when silence was asked for meanwhile.
        """
        ...

    def over(self) -> None:
        """Leave it to others, if it was not used; once is enough."""
        ...


class PacedChannel(Channel, Protocol):
    """A channel whose provider lets only so many messages pass."""

    @property
    def rate(self) -> float:
        """How many messages a second it may send now, all chats together."""
        ...

    @property
    def silence(self) -> float:
        """For how many seconds more the provider wants to hear nothing; mostly 0."""
        ...

    async def hold(self, address: CitizenAddress, priority: Priority, patience: float) -> Turn:
        """Wait at most ``patience`` seconds for a turn to write to ``address``, and hold it.

        Whoever has it writes down that they send, and does so at once, or says that it is over.

        Raises:
            SendError: there was none, ``NO_TURN``; or nobody can be written to there, which is
                not ``retryable``.
        """
        ...


class ProviderChannel(PacedChannel, Protocol):
    """A channel with a provider behind it, which may fail while all else goes on."""

    @property
    def fault(self) -> str:
        """What fails between us and the provider, empty while nothing is known to."""
        ...

    async def attending(self, stopping: asyncio.Event) -> None:
        """Do what the channel needs beside sending, until ``stopping``."""
        ...

    async def download(self, reference: str, *, most: int) -> bytes:
        """Give what is in a citizen's file; see ``FileChannel``."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class WebhookChannel(Channel, Protocol):
    """A channel whose provider calls us."""

    def verify(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Prove on the raw bytes, in constant time, that the provider sent this call.

        Raises:
            ForgedWebhook: it did not.
        """
        ...

    def parse(self, body: bytes, *, received_at: datetime) -> Brought:
        """Read citizens' messages, and who left, out of a verified call; other events give none.

        Raises:
            UnreadableWebhook: the body is no JSON of the provider's shape.
        """
        ...


class FileChannel(Channel, Protocol):
    """A channel whose provider keeps what citizens sent until it is asked for."""

    async def download(self, reference: str, *, most: int) -> bytes:
        """Give what is in the file of an ``Attachment``, at most ``most`` bytes.

        Raises:
            NotDownloaded: it is larger, gone, or the provider cannot be reached now.
        """
        ...


class PolledChannel(Channel, Protocol):
    """A channel whose provider is asked."""

    async def fetch(self, cursor: int, clock: Clock) -> Batch:
        """Wait for messages and give them; what stands before ``cursor`` is confirmed.

        A batch not confirmed is given again, so it is stored before its cursor is used.

        Raises:
            NotFetched: there was no answer, or none that could be read.
        """
        ...
