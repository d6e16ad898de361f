"""How much of a process the console may take: citizens are served by the same one.

One session has few requests at work at a time and some in line, all of them together a share of
the database's connections, and heavy pages (spreadsheets, trials) come one after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bot.console.people.porch import Porch
from bot.storage.sharing import Share, sharing

AT_ONCE: Final = 4
# With those at work: a browser that opens all its tabs again must not be turned away.
MOST: Final = 36
# Of the connections an engine opens at most, about a third.
CONNECTIONS: Final = 5


class Crowd:
    """Everybody who asks the console of one process for something."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._lines: dict[str, Porch] = {}
        self._heavy = asyncio.Semaphore(1)
        self._share: Share = asyncio.Semaphore(CONNECTIONS)

    @asynccontextmanager
    async def turn(self, session: str, *, heavy: bool = False) -> AsyncIterator[None]:
        """Wait for a turn and have it; without a ``session`` only the connections are shared.

        Raises:
            Crowded: too many requests of this session wait already.
        """
        with sharing(self._share):
            if not session:
                yield
                return
            async with self._in_line(session):
                if heavy:
                    async with self._heavy:
                        yield
                else:
                    yield

    @asynccontextmanager
    async def _in_line(self, session: str) -> AsyncIterator[None]:
        line = self._lines.setdefault(session, Porch(at_once=AT_ONCE, most=MOST))
        try:
            async with line.turn():
                yield
        finally:
            if line.empty:
                self._lines.pop(session, None)
