"""Ticks: what the leading process does by the clock.

APScheduler only knocks, in memory; who leads is decided by a lease in the database, and what is to
be done stands in rows. A tick that fails is logged and counted, the others go on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

from bot.bell import nap
from bot.clock import VIETNAM
from bot.metrics import Metrics
from bot.storage.errors import fault_of
from bot.upkeep.lease import Lease

LEADER: Final = "leader"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What is done when, by the leader alone; it gives 0 when there was nothing to do."""

    name: str
    when: BaseTrigger
    act: Callable[[], Awaitable[object]]


class Ticking:
    """Runs ticks while this process leads."""

    def __init__(self, ticks: Sequence[Tick], lease: Lease, metrics: Metrics) -> None:
        """Lead by ``lease``."""
        self._ticks = ticks
        self._metrics = metrics
        self.lease = lease
        # What each tick failed with last, so that a long fault is told at length once.
        self._faults: dict[str, str] = {}

    async def ticking(self, stopping: asyncio.Event) -> None:
        """Knock until ``stopping``; a tick that was begun is cancelled and done again later."""
        scheduler = AsyncIOScheduler(timezone=VIETNAM)
        running: set[asyncio.Task[None]] = set()
        for tick in self._ticks:
            # However late a knock comes, it counts; several missed ones count as one.
            scheduler.add_job(
                self._knock,
                tick.when,
                args=[tick, running],
                misfire_grace_time=None,
                coalesce=True,
            )
        await self.lease.renew()
        scheduler.start()
        try:
            await self._lead(stopping)
        finally:
            scheduler.shutdown(wait=False)
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)
            await self.lease.give_back()

    async def _lead(self, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            await nap(stopping, self.lease.renew_every)
            if not stopping.is_set():
                await self.lease.renew()

    async def _knock(self, tick: Tick, running: set[asyncio.Task[None]]) -> None:
        task = asyncio.create_task(self.run(tick))
        running.add(task)
        task.add_done_callback(running.discard)
        await asyncio.gather(task, return_exceptions=True)

    async def run(self, tick: Tick) -> None:
        """Do what ``tick`` says if this process leads."""
        if not self.lease.held:
            return
        try:
            done = await tick.act()
        except Exception as error:  # the next tick comes all the same
            self._metrics.ticks.labels(tick.name, "failed").inc()
            fault = fault_of(error)
            known = self._faults.get(tick.name) == fault
            log.exception("tick_failed", tick=tick.name, error=fault, exc_info=not known)
            self._faults[tick.name] = fault
        else:
            self._faults.pop(tick.name, None)
            self._metrics.ticks.labels(tick.name, "done").inc()
            # What found nothing to do says nothing: some knock every minute.
            if done != 0:
                log.info("tick_done", tick=tick.name)
