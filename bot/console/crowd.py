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
# Heavy pages of a session, the one that is made too: the others it opens do not wait behind them.
MOST_HEAVY: Final = 3
# Of the connections an engine opens at most, about a third.
CONNECTIONS: Final = 5


class Crowd:
    """Everybody who asks the console of one process for something."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._lines: dict[str, Porch] = {}
        self._heavy_lines: dict[str, Porch] = {}
        self._heavy = asyncio.Semaphore(1)
        self._share: Share = asyncio.Semaphore(CONNECTIONS)

    @asynccontextmanager
    async def turn(self, session: str) -> AsyncIterator[None]:
        """Wait for a turn and have it; without a ``session`` only the connections are shared.

        Raises:
            Crowded: too many requests of this session wait already.
        """
        with sharing(self._share):
            if not session:
                yield
                return
            async with _in_line(self._lines, session, at_once=AT_ONCE, most=MOST):
                yield

    @asynccontextmanager
    async def heavy(self, session: str) -> AsyncIterator[None]:
        """Wait until no other heavy page is made; for who was let in, whose ``session`` it is.

        Raises:
            Crowded: too many heavy pages of this session wait already.
        """
        async with (
            _in_line(self._heavy_lines, session, at_once=1, most=MOST_HEAVY),
            self._heavy,
        ):
            yield


@asynccontextmanager
async def _in_line(
    lines: dict[str, Porch], session: str, *, at_once: int, most: int
) -> AsyncIterator[None]:
    line = lines.setdefault(session, Porch(at_once=at_once, most=most))
    try:
        async with line.turn():
            yield
    finally:
        if line.empty:
            lines.pop(session, None)
