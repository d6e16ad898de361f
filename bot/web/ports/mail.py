"""What the web needs to take messages in and to give replies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from bot.messages import CitizenAddress, Enclosure, IncomingMessage, OutgoingMessage


class Inbox(Protocol):
    """Keeps what citizens said until it is answered."""

    async def accept(self, messages: Sequence[IncomingMessage]) -> tuple[int, ...]:
        """Store ``messages`` and give their rows in order; returns only once they are durable.

        A message stored before (same channel and ``external_id``) is not stored again.

        Raises:
            NotStored: not all of them could be stored; the caller may try again.
            Unwritable: one of them never can be; the others are stored.
        """
        ...

    async def part(self, left: Sequence[CitizenAddress], at: datetime) -> None:
        """Send no news to who blocked us; no failure of it matters to the caller."""
        ...

    def as_kept(self, message: IncomingMessage) -> IncomingMessage:
        """Give ``message`` as ``accept`` stores it, with the kinds of data hidden in it."""
        ...


class Door(Protocol):
    """Takes in the calls of a provider as they come, to be read later."""

    def looks_signed(self, headers: Mapping[str, str]) -> bool:
        """Tell whether a call says that it is signed; its body proves it, once it is read."""
        ...

    async def take(self, body: bytes, headers: Mapping[str, str]) -> None:
        """Prove a call on its raw bytes and keep it; returns only once it is durable.

        Raises:
            ForgedWebhook: the provider did not make it, or long ago.
            NotStored: it could not be kept in time; the caller may try again.
        """
        ...


class Following(Protocol):
    """Reads on in the replies to one address."""

    async def after(
        self, last_id: int, *, limit: int, wait: float = 0
    ) -> tuple[OutgoingMessage, ...]:
        """Give up to ``limit`` replies past ``last_id``, oldest first.

        When there are none it waits up to ``wait`` seconds for one and may give none. While none
        comes, asking again costs nothing.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...


class Mailbox(Protocol):
    """Holds the replies of the web chat for whoever fetches them; any process may ask."""

    async def replies_to(self, inbox_id: int, wait: float = 0) -> tuple[OutgoingMessage, ...]:
        """Give the replies to one message, waiting up to ``wait`` seconds for the first.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...

    async def enclosure(self, reply: int, file: int, key: str) -> tuple[Enclosure, bytes] | None:
        """Give a file that goes with a reply, to who has the ``key`` of its address.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        ...

    def following(self, address: CitizenAddress) -> AbstractContextManager[Following]:
        """Follow the replies to ``address`` as long as the block runs."""
        ...
