"""Approving many changes: a few in each transaction, while the officer looks on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import structlog
from aiohttp import web

from bot.casework.approving import Ending

# Changes in one transaction: others who publish wait for no more than these.
ROUND: Final = 20
# Seconds the page that began it waits for the end.
PATIENCE: Final = 2.0
# Tables of which it is remembered in this process what came of them.
KEPT: Final = 50
log = structlog.get_logger()

Some = Callable[[Sequence[int]], Awaitable[Counter[Ending]]]


@dataclass(slots=True, kw_only=True)
class Run:
    """How far it is with the changes of one table."""

    total: int
    endings: Counter[Ending] = field(default_factory=Counter)
    ended: bool = False

    @property
    def done(self) -> int:
        """How many were tried so far."""
        return self.endings.total()


class Running:
    """Approves the changes of tables, one run for each table at a time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._runs: dict[int, Run] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def of(self, batch: int) -> Run | None:
        """Give the run of a table, or the last one there was in this process."""
        return self._runs.get(batch)

    async def begin(
        self,
        batch: int,
        numbers: Sequence[int],
        some: Some,
        *,
        after: Callable[[], Awaitable[None]],
        patience: float = PATIENCE,
    ) -> bool:
        """Approve ``numbers`` by ``some``; tell whether no run of the table is under way already.

        ``after`` is awaited at the end. The whole is waited for ``patience`` seconds only.
        """
        earlier = self._runs.pop(batch, None)
        if earlier is not None and not earlier.ended:
            self._runs[batch] = earlier
            return False
        while len(self._runs) >= KEPT:
            del self._runs[next(iter(self._runs))]
        run = self._runs[batch] = Run(total=len(numbers))
        task = asyncio.create_task(_run(run, numbers, some, after))
        self._tasks.add(task)
        task.add_done_callback(self._noted)
        await asyncio.wait([task], timeout=patience)
        return True

    async def stop(self) -> None:
        """Leave what is under way; what was not tried yet goes on waiting."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _noted(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (fault := task.exception()):
            log.warning("approving_failed", fault=type(fault).__name__)


RUNNING = web.AppKey("running", Running)


async def stop_running(app: web.Application) -> None:
    """Leave what is under way when the console is put away."""
    await app[RUNNING].stop()


async def _run(
    run: Run, numbers: Sequence[int], some: Some, after: Callable[[], Awaitable[None]]
) -> None:
    try:
        for begin in range(0, len(numbers), ROUND):
            run.endings += await some(numbers[begin : begin + ROUND])
    finally:
        run.ended = True
    await after()
