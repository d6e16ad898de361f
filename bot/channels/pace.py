"""Keeps a channel's sends under its provider's rates: over all, and to each chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

REMEMBERED: Final = 10_000


class Pace:
    """Lets callers pass evenly, in the order they come.

    Over all at most ``per_second`` pass each second. To one chat ``burst`` may pass at once, then
    one each second; who waits for a chat keeps nobody else waiting.
    """

    def __init__(
        self,
        per_second: float,
        *,
        burst: int = 3,
        now: Callable[[], float] = monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Start with nobody waiting; ``now`` gives seconds."""
        self._interval = 1 / per_second
        self._spare = burst - 1
        self._now = now
        self._sleep = sleep
        self._next = 0.0
        self._chats: dict[str, float] = {}

    async def turn(self, chat: str) -> None:
        """Wait for one's turn to write to ``chat``."""
        now = self._now()
        used = max(self._chats.get(chat, 0.0), now)
        self._chats[chat] = used + 1
        self._forget(now)
        await self._until(used - self._spare)
        mine = max(self._next, self._now())
        self._next = mine + self._interval
        await self._until(mine)

    async def _until(self, moment: float) -> None:
        wait = moment - self._now()
        if wait > 0:
            await self._sleep(wait)

    def _forget(self, now: float) -> None:
        if len(self._chats) > REMEMBERED:
            self._chats = {chat: until for chat, until in self._chats.items() if until > now}
