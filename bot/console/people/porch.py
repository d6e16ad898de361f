"""Where those wait who send a secret: so many and no more, and few of them at work at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.errors import BotError

# While one password is worked out, another attempt reaches for the database.
AT_ONCE: Final = 2
MOST: Final = 32


class Crowded(BotError):
    """So many wait to have a secret looked at that another one would wait for too long."""


class Porch:
    """The line before the door of one process; who is turned away has cost nothing yet."""

    def __init__(self) -> None:
        """Begin with nobody in line."""
        self._inside = 0
        self._doors = asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn and have it, those who came first before.

        Raises:
            Crowded: too many wait already.
        """
        if self._inside >= MOST:
            raise Crowded
        self._inside += 1
        try:
            async with self._doors:
                yield
        finally:
            self._inside -= 1
