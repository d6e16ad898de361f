"""The outbox as the citizen's mailbox: whoever shows the address fetches the replies.

A ring of the bell makes it quick; for other processes' answers the look-out rings it. The look now
and then makes it right when a ring was missed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from bot.bell import Bell, answered
from bot.messages import CitizenAddress, OutgoingMessage
from bot.storage.database import Database
from bot.storage.errors import Unavailable
from bot.storage.outbox_rows import replies_after, replies_of

LOOK: Final = 10.0


class Mailbox:
    """Gives replies to whoever waits for them."""

    def __init__(self, database: Database, bell: Bell) -> None:
        """Read ``database`` and sleep by ``bell``."""
        self._database = database
        self._bell = bell

    async def replies_to(self, inbox_id: int, wait: float = 0) -> tuple[OutgoingMessage, ...]:
        """Give the replies to one message, waiting up to ``wait`` seconds for its turn."""

        async def look() -> tuple[OutgoingMessage, ...] | None:
            async with self._database.reading() as connection:
                return await replies_of(connection, inbox_id)

        return await self._patiently(look, answered(inbox_id), wait) or ()

    async def after(
        self, address: CitizenAddress, last_id: int, *, limit: int, wait: float = 0
    ) -> tuple[OutgoingMessage, ...]:
        """Give up to ``limit`` replies past ``last_id``, waiting up to ``wait`` seconds."""

        async def look() -> tuple[OutgoingMessage, ...] | None:
            async with self._database.reading() as connection:
                return tuple(await replies_after(connection, address, last_id, limit)) or None

        return await self._patiently(look, address.conversation, wait) or ()

    async def _patiently(
        self,
        look: Callable[[], Awaitable[tuple[OutgoingMessage, ...] | None]],
        name: str,
        wait: float,
    ) -> tuple[OutgoingMessage, ...] | None:
        until = monotonic() + wait
        with self._bell.listening(name) as ear:
            while True:
                found = await _reached(look)
                left = until - monotonic()
                if found is not None or left <= 0:
                    return found
                await ear.wait(min(left, LOOK))


async def _reached(
    look: Callable[[], Awaitable[tuple[OutgoingMessage, ...] | None]],
) -> tuple[OutgoingMessage, ...] | None:
    try:
        return await look()
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable(type(error).__name__) from error
