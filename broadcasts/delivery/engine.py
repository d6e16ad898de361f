"""Keeps every way going in the process that leads, and finds what other processes left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Final

import structlog

from broadcasts.delivery.hours import may_begin
from broadcasts.delivery.lane import Lane
from broadcasts.delivery.ports import Clock, Hours, Ledger, Sender
from broadcasts.models import Route

# Seconds.
NAP: Final = 1.0
LOOK_EVERY: Final = 2.0
AFTER_A_FAULT: Final = 2.0
LAID_OUT: Final = 500
Act = Callable[[], Coroutine[None, None, float | None]]
log = structlog.get_logger()


class Engine:
    """Sends the deliveries of all running runs while ``leads`` says so."""

    def __init__(
        self,
        ledger: Ledger,
        senders: Mapping[Route, Sender],
        *,
        clock: Clock,
        hours: Hours,
        leads: Callable[[], bool],
    ) -> None:
        """Serve the routes of ``senders``, and the web; the rows of others wait."""
        self.lanes = tuple(
            Lane(route, sender, ledger, clock=clock, hours=hours)
            for route, sender in senders.items()
        )
        self._ledger = ledger
        self._clock = clock
        self._hours = hours
        self._leads = leads
        # What each act failed with last, so that a long fault is told at length once.
        self._faults: dict[Act, str] = {}

    async def running(self, stopping: asyncio.Event) -> None:
        """Send until ``stopping``; what was begun is finished, the rest is left to others."""
        works = [
            *(self._lane(lane, stopping) for lane in self.lanes),
            self._again_and_again(self.lay_out, stopping, NAP),
            self._again_and_again(self.look, stopping, LOOK_EVERY),
        ]
        await asyncio.gather(*works)

    async def look(self) -> None:
        """Find rows whose process died, and runs that are done."""
        rescued = await self._ledger.rescue()
        if rescued.freed or rescued.doubted:
            log.warning("deliveries_abandoned", freed=rescued.freed, doubted=rescued.doubted)
        for run in await self._ledger.finish():
            log.info("run_finished", run=run)

    async def lay_out(self) -> None:
        """Put what waits for web readers where they fetch it."""
        for run in await self._ledger.running():
            while self._leads() and may_begin(run, self._hours, self._clock.now()):
                if not await self._ledger.lay_out(run, LAID_OUT):
                    break

    async def _lane(self, lane: Lane, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            leads = self._leads()
            rest = await self.guarded(lane.round if leads else lane.leave)
            await _nap(stopping, rest if leads and rest is not None else NAP)
        await self.guarded(lane.leave)

    async def _again_and_again(
        self, act: Callable[[], Coroutine[None, None, None]], stopping: asyncio.Event, every: float
    ) -> None:
        while not stopping.is_set():
            if self._leads():
                await self.guarded(act)
            await _nap(stopping, every)

    async def guarded(self, act: Act) -> float | None:
        """Do ``act`` and give what it gives, or for how many seconds to rest after a fault."""
        try:
            rest = await act()
        except Exception as error:  # a store out of reach is looked for again
            fault = type(error).__name__
            known = self._faults.get(act) == fault
            log.exception("deliveries_held_up", error=fault, exc_info=not known)
            self._faults[act] = fault
            return AFTER_A_FAULT
        self._faults.pop(act, None)
        return rest


async def _nap(stopping: asyncio.Event, seconds: float) -> None:
    if seconds <= 0:
        return
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
