"""One way to readers: takes its rows, sends a few at a time, writes down what became of each.

Endings and the next rows to begin go into one transaction, so a row is ``sending`` while its call
is at work and hardly longer: what a crash leaves uncertain is never more than ``at_once``.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import monotonic
from typing import Final

import structlog

from broadcasts.delivery.answers import Answer, Ending, Fault, Tried, ending
from broadcasts.delivery.bursts import DOWN, Burst, Line
from broadcasts.delivery.hours import may_begin
from broadcasts.delivery.meter import Meter
from broadcasts.delivery.ports import (
    Begun,
    Claimed,
    Clock,
    Hours,
    Ledger,
    Letter,
    Running,
    Sender,
)
from broadcasts.models import DeliveryStatus, NewsText, Route, RunId

# So many times what is sent at once is taken: a dead process holds up no more.
STOCK: Final = 5
# Seconds. The bound of one call; the store's claim on it is longer.
CALL: Final = 30.0
NAP: Final = 1.0
# A silence longer than this lets others have what was taken.
SHORT: Final = 5.0
log = structlog.get_logger()


class Lane:
    """Sends what waits for one route while its process leads."""

    def __init__(
        self,
        route: Route,
        sender: Sender,
        ledger: Ledger,
        *,
        clock: Clock,
        hours: Hours,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        """Send by ``sender``; ``elapsed`` gives seconds nobody can set back."""
        self.route = route
        self._sender = sender
        self._ledger = ledger
        self._clock = clock
        self._hours = hours
        self._elapsed = elapsed
        self._meter = Meter(now=elapsed)
        self._line = Line()
        self._fallen: tuple[Fault, RunId] | None = None
        self._rests_until = 0.0
        self._runs: dict[RunId, Running] = {}
        self._texts: dict[RunId, NewsText] = {}
        self._bursts: dict[RunId, Burst] = {}
        self._stock: deque[Claimed] = deque()
        self._calls: dict[asyncio.Task[Answer], Begun] = {}
        self._endings: list[Ending] = []

    async def round(self, *, goes_on: bool = True) -> float:
        """Write down what ended, begin what may begin, wait for an answer.

        Gives for how many seconds there is nothing to do. Nothing is begun unless it ``goes_on``.
        """
        wave = await self._wave() if goes_on else []
        if wave or self._endings:
            await self._step(wave)
        if not self._calls:
            return self._idle(wave)
        await self._answers()
        return 0.0

    async def leave(self) -> None:
        """Wait for what is at work, write it down and let others have the rest."""
        while self._calls or self._endings:
            await self.round(goes_on=False)
        await self._drop_stock()

    async def _wave(self) -> list[Claimed]:
        room = self._room()
        if room <= 0:
            await self._drop_stock(longer_than=SHORT)
            return []
        if len(self._stock) < room:
            await self._take_stock()
        stocked = {one.run for one in self._stock} & self._runs.keys()
        open_now = {run for run in stocked if self._may_begin(run)}
        wave: list[Claimed] = []
        late: list[Claimed] = []
        while self._stock and len(wave) < room:
            one = self._stock.popleft()
            (wave if one.run in open_now else late).append(one)
        if late:
            await self._ledger.give_back(late)
        self._meter.take(self._sender.rate, len(wave))
        return wave

    def _may_begin(self, run: RunId) -> bool:
        return may_begin(self._runs[run], self._hours, self._clock.now())

    def _room(self) -> int:
        if self._fallen or self._silence() > 0:
            return 0
        most = 1 if self._line.down else self._sender.at_once
        return int(min(most - len(self._calls), self._meter.room(self._sender.rate)))

    def _silence(self) -> float:
        return max(self._sender.silence, self._rests_until - self._elapsed(), 0.0)

    async def _take_stock(self) -> None:
        self._runs = {one.id: one for one in await self._ledger.running()}
        kept = self._runs.keys() | {call.run for call in self._calls.values()}
        self._texts = {run: text for run, text in self._texts.items() if run in kept}
        self._bursts = {run: burst for run, burst in self._bursts.items() if run in kept}
        wanted = STOCK * self._sender.at_once if not self._line.down else 1
        for run in filter(self._may_begin, self._runs):
            room = wanted - len(self._stock)
            if room > 0:
                self._stock.extend(await self._ledger.claim(run, self.route, room))

    async def _drop_stock(self, longer_than: float = 0.0) -> None:
        if self._stock and self._silence() >= longer_than:
            rows, self._stock = list(self._stock), deque()
            await self._ledger.give_back(rows)

    async def _step(self, wave: Sequence[Claimed]) -> None:
        told, self._endings = self._endings, []
        try:
            for run in {one.run for one in wave} - self._texts.keys():
                self._texts[run] = await self._ledger.text(self._runs[run])
            begun = await self._ledger.step(told, wave)
        except BaseException:
            # Endings are written again. Of the wave nothing left; should it be marked all the
            # same, it is freed.
            self._endings = [*told, *self._endings, *map(_unbegun, wave)]
            raise
        for one in begun:
            task = asyncio.create_task(self._send(one))
            self._calls[task] = one

    async def _send(self, begun: Begun) -> Answer:
        letter = Letter(
            delivery=begun.id,
            route=self.route,
            address=begun.address,
            text=self._texts[begun.run],
        )
        try:
            async with asyncio.timeout(CALL):
                return await self._sender.send(letter)
        except TimeoutError:
            log.warning("delivery_call_too_long", delivery=begun.id)
        except Exception:  # an unknown fault leaves the outcome open
            log.exception("delivery_call_failed", delivery=begun.id)
        return Answer(fault=Fault.UNCERTAIN)

    async def _answers(self) -> None:
        wait = self._meter.wait() if self._stock else 0.0
        done, _ = await asyncio.wait(
            self._calls, timeout=wait or NAP, return_when=asyncio.FIRST_COMPLETED
        )
        for task in done:
            await self._ended(self._calls.pop(task), task.result())
        if self._fallen and not self._calls:
            await self._fell(*self._fallen)

    async def _ended(self, begun: Begun, answer: Answer) -> None:
        run = self._runs.get(begun.run)
        since = self._clock.now() - run.began_at if run else timedelta()
        tried = Tried(
            delivery=begun.id,
            run=begun.run,
            attempts=begun.attempts,
            code=begun.code,
            since=since,
        )
        self._endings.append(ending(tried, answer))
        if answer.fault in DOWN:
            self._fallen = (answer.fault, begun.run)
            return
        if answer.fault in (Fault.RATE_LIMITED, Fault.NO_TURN):
            # A turn that did not come is no wish of the provider's.
            wish = answer.retry_after if answer.fault is Fault.RATE_LIMITED else NAP
            self._rests_until = max(self._rests_until, self._elapsed() + wish)
        self._line.works()
        burst = self._bursts.setdefault(begun.run, Burst())
        burst.note(answer)
        if burst.ill:
            await self._stop(begun.run)

    async def _fell(self, fault: Fault, run: RunId) -> None:
        self._fallen = None
        ill = self._line.fails(fault)
        self._rests_until = self._elapsed() + self._line.rest
        if ill:
            await self._stop(run)

    async def _stop(self, run: RunId) -> None:
        self._bursts.pop(run, None)
        if await self._ledger.stop(run):
            log.error("run_paused_for_errors", run=run, route=self.route)

    def _idle(self, wave: Sequence[Claimed]) -> float:
        if wave or self._endings:
            return 0.0
        wait = self._silence() or (self._meter.wait() if self._stock else NAP)
        return min(max(wait, 0.01), NAP)


def _unbegun(row: Claimed) -> Ending:
    return Ending(delivery=row.id, run=row.run, status=DeliveryStatus.PENDING, spent=False)
