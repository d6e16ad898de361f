"""The outbox as the citizen's mailbox: whoever shows the address fetches the replies.

Who waits looks once and then only when the bell has rung: thousands wait at the same time. For
other processes' answers the look-out rings it, one look for all.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from time import monotonic
from typing import Final, TypeVar

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.bell import Bell, Ear, answered
from bot.channels.webchat import file_key
from bot.messages import ChannelName, CitizenAddress, Enclosure, OutgoingMessage
from bot.storage.database import Database
from bot.storage.errors import Unavailable
from bot.storage.file_rows import file_content
from bot.storage.outbox_rows import replies_after, replies_of, reply_row

# Followers that look at once: when thousands come back together, who asks goes before them.
LOOKS: Final = 4
Found = TypeVar("Found")


class Following:
    """Reads on in the replies to one address for as long as somebody shows it."""

    def __init__(self, mailbox: Mailbox, address: CitizenAddress, ear: Ear) -> None:
        """Read ``mailbox`` whenever ``ear`` hears, and when asked from another place."""
        self._mailbox = mailbox
        self._address = address
        self._ear = ear
        self._past: int | None = None

    async def after(
        self, last_id: int, *, limit: int, wait: float = 0
    ) -> tuple[OutgoingMessage, ...]:
        """Give up to ``limit`` replies past ``last_id``, waiting up to ``wait`` seconds."""

        async def look() -> tuple[OutgoingMessage, ...] | None:
            async with self._mailbox.looking() as connection:
                found = await replies_after(connection, self._address, last_id, limit)
            return tuple(found) or None

        if last_id != self._past:
            self._past = last_id
            self._ear.heard.set()
        return await _patiently(look, self._ear, wait) or ()


class Mailbox:
    """Gives replies to whoever waits for them."""

    def __init__(self, database: Database, bell: Bell) -> None:
        """Read ``database`` and sleep by ``bell``."""
        self._database = database
        self._bell = bell
        self._looks = asyncio.Semaphore(LOOKS)

    async def replies_to(self, inbox_id: int, wait: float = 0) -> tuple[OutgoingMessage, ...]:
        """Give the replies to one message, waiting up to ``wait`` seconds for its turn."""

        async def look() -> tuple[OutgoingMessage, ...] | None:
            async with self._database.reading() as connection:
                return await replies_of(connection, inbox_id)

        with self._bell.listening(answered(inbox_id)) as ear:
            ear.heard.set()
            return await _patiently(look, ear, wait) or ()

    async def enclosure(self, reply: int, file: int, key: str) -> tuple[Enclosure, bytes] | None:
        """Give a file that goes with a reply of the web chat to who has its address."""

        async def look() -> tuple[Enclosure, bytes] | None:
            async with self._database.reading() as connection:
                message = await reply_row(connection, reply)
                one = _offered(message, file, key) if message else None
                content = await file_content(connection, file) if one else None
            return (one, content) if one and content is not None else None

        return await _reached(look)

    @contextmanager
    def following(self, address: CitizenAddress) -> Iterator[Following]:
        """Follow the replies to ``address`` as long as the block runs."""
        with self._bell.listening(address.conversation) as ear:
            yield Following(self, address, ear)

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that reads, in turn with the others who follow."""
        async with self._looks, self._database.reading() as connection:
            yield connection


def _offered(message: OutgoingMessage, file: int, key: str) -> Enclosure | None:
    known = message.address.channel is ChannelName.WEB and hmac.compare_digest(
        file_key(message, file).encode(), key.encode()
    )
    # What is the citizen's alone is numbered elsewhere, and needs the session shown.
    there = (one for one in message.reply.enclosures if one.file == file and not one.private)
    return next(there, None) if known else None


async def _patiently(
    look: Callable[[], Awaitable[tuple[OutgoingMessage, ...] | None]], ear: Ear, wait: float
) -> tuple[OutgoingMessage, ...] | None:
    until = monotonic() + wait
    while await ear.wait(max(until - monotonic(), 0)):
        found = await _reached(look)
        if found is not None:
            return found
    return None


async def _reached(look: Callable[[], Awaitable[Found | None]]) -> Found | None:
    try:
        return await look()
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable(type(error).__name__) from error
