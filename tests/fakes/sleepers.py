"""A clock that only sleeping moves: days of waiting pass in a moment, the same way each time."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any, Final

# So many steps at most lie between something that happens and all that follows from it at once.
STEPS: Final = 25


@dataclass
class SleepersClock:
    """Moves on when everybody sleeps, to the moment the first of them wakes."""

    moment: float = 100.0
    sleepers: list[tuple[float, int, asyncio.Future[None]]] = field(default_factory=list)
    count: int = 0

    def now(self) -> float:
        return self.moment

    async def sleep(self, seconds: float) -> None:
        await self._waking(seconds)

    async def nap(self, event: asyncio.Event, seconds: float) -> None:
        """Sleep for so long, or until ``event``."""
        rung: asyncio.Future[Any] = asyncio.ensure_future(event.wait())
        woken: asyncio.Future[Any] = self._waking(seconds)
        await asyncio.wait([rung, woken], return_when=asyncio.FIRST_COMPLETED)
        rung.cancel()
        woken.cancel()

    def _waking(self, seconds: float) -> asyncio.Future[None]:
        self.count += 1
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self.sleepers, (self.moment + max(seconds, 0.0), self.count, waking))
        return waking

    async def run(self, *tasks: asyncio.Task[Any]) -> None:
        """Let time pass until all ``tasks`` are done."""
        while not all(task.done() for task in tasks):
            await self.settle()
            if self.sleepers:
                at, _, waking = heapq.heappop(self.sleepers)
                if not waking.done():
                    self.moment = max(self.moment, at)
                    waking.set_result(None)

    async def settle(self) -> None:
        """Let everything happen that happens now."""
        for _ in range(STEPS):
            await asyncio.sleep(0)

    async def within(self, work: Awaitable[Any]) -> Any:
        """Do ``work`` while time passes as it sleeps."""
        task = asyncio.ensure_future(work)
        await self.run(task)
        return task.result()
