"""Keeps a channel's sends under its provider's rates: over all, and to each chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

from bot.messages import Priority

REMEMBERED: Final = 10_000


class NoTurn(Exception):
    """There is no turn within one's patience; there may be one after ``wait`` seconds."""

    def __init__(self, wait: float) -> None:
        """Keep how long there is surely none."""
        super().__init__(f"none for {wait:.1f} s")
        self.wait = wait


class Pace:
    """Lets callers pass evenly, in the order they come; a broadcast only when no reply waits.

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
        self.rate = per_second
        self._spare = burst - 1
        self._now = now
        self._sleep = sleep
        self._next = 0.0
        self._quiet_until = 0.0
        self._chats: dict[str, float] = {}

    @property
    def silence(self) -> float:
        """For how many seconds more nobody passes."""
        return max(self._quiet_until - self._now(), 0.0)

    def hush(self, seconds: float) -> None:
        """Let nobody pass for so long."""
        self._quiet_until = max(self._quiet_until, self._now() + seconds)

    async def turn(
        self, chat: str, priority: Priority = Priority.REPLY, *, patience: float = 30.0
    ) -> None:
        """Wait for one's turn to write to ``chat``.

        Raises:
            NoTurn: it does not come within ``patience`` seconds.
        """
        ends = self._now() + patience
        used = max(self._chats.get(chat, 0.0), self._now())
        self._bear(used - self._spare, ends)
        self._chats[chat] = used + 1
        self._forget(self._now())
        await self._until(used - self._spare)
        while (mine := self._slot()) > self._now():
            self._bear(mine, ends)
            if priority is Priority.REPLY:
                break
            await self._until(mine)
        self._next = mine + 1 / self.rate
        await self._until(mine)

    def _slot(self) -> float:
        return max(self._next, self._quiet_until, self._now())

    def _bear(self, moment: float, ends: float) -> None:
        if moment > ends:
            raise NoTurn(moment - self._now())

    async def _until(self, moment: float) -> None:
        wait = moment - self._now()
        if wait > 0:
            await self._sleep(wait)

    def _forget(self, now: float) -> None:
        if len(self._chats) > REMEMBERED:
            self._chats = {chat: until for chat, until in self._chats.items() if until > now}
