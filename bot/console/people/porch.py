"""Where those wait who send a secret: so many and no more, and few of them at work at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.errors import BotError

# While one password is worked out, another attempt reaches for the database.
AT_ONCE: Final = 2
# A slow machine takes not quite a second for each: nobody waits for more than ten.
MOST: Final = 12


class Crowded(BotError):
    """So many wait to have a secret looked at that another one would wait for too long."""


class Porch:
    """The line before the door of one process; who is turned away has cost nothing yet."""

    def __init__(self, *, at_once: int = AT_ONCE, most: int = MOST) -> None:
        """Begin with nobody in line; ``most`` counts those at work too."""
        self._inside = 0
        self._most = most
        self._doors = asyncio.Semaphore(at_once)

    @property
    def empty(self) -> bool:
        """Tell whether nobody is at work and nobody waits."""
        return self._inside == 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn and have it, those who came first before.

        Raises:
            Crowded: too many wait already.
        """
        if self._inside >= self._most:
            raise Crowded
        self._inside += 1
        try:
            async with self._doors:
                yield
        finally:
            self._inside -= 1
