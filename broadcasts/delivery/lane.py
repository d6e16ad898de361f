"""One way to readers: takes its rows, sends a few at a time, writes down what became of each.

A row waits for its turn as ``claimed``. Once it has it, it is marked ``sending``, in one
transaction with the endings of other calls, and called at once: a crash leaves uncertain
only calls under way, just let go or just answered.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from datetime import timedelta
from math import ceil
from time import monotonic
from typing import Final

import structlog

from broadcasts.delivery.answers import Answer, Ending, Fault, Tried, ending
from broadcasts.delivery.bursts import DOWN, Burst, Line
from broadcasts.delivery.hours import may_begin
from broadcasts.delivery.no_way import NoWay
from broadcasts.delivery.ports import (
    Begun,
    Claimed,
    Clock,
    Hours,
    Ledger,
    Letter,
    Running,
    Sender,
    Turn,
)
from broadcasts.models import DeliveryStatus, NewsText, Route, RunId

# So many times what is sent at once is taken: a dead process holds up no more.
STOCK: Final = 5
# Seconds. The bound of one call; the store's claim on it is longer.
CALL: Final = 30.0
NAP: Final = 1.0
# A silence longer than this lets others have what was taken; no more is taken than passes in it.
SHORT: Final = 5.0
# Where asking for a turn failed in a way nobody knows: tried a few times, then it has an ending.
UNTOLD: Final = NoWay(Answer(fault=Fault.REFUSED, retryable=True))
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
        self._line = Line()
        self._fallen: tuple[Fault, RunId] | None = None
        self._rests_until = 0.0
        self._runs: dict[RunId, Running] = {}
        self._texts: dict[RunId, NewsText] = {}
        self._bursts: dict[RunId, Burst] = {}
        self._stock: deque[Claimed] = deque()
        self._asking: dict[asyncio.Task[Turn | None], Claimed] = {}
        self._calls: dict[asyncio.Task[Answer], Begun] = {}
        self._endings: list[Ending] = []

    async def round(self, *, goes_on: bool = True) -> float:
        """Write down what ended, begin those whose turn it is, wait for more of either.

        Gives for how many seconds there is nothing to do. Nothing is begun unless it ``goes_on``.
        """
        if goes_on and self._is_open:
            await self._ask()
        else:
            await self._ask_no_more()
        wave = self._called()
        if wave or self._endings:
            await self._step(wave)
        if not (self._calls or self._asking):
            return self._idle(wave)
        await self._something()
        return 0.0

    async def leave(self) -> None:
        """Wait for what is at work, write it down and let others have the rest."""
        await self._ask_no_more()
        while self._calls or self._endings:
            await self.round(goes_on=False)
        await self._drop_stock()

    @property
    def _is_open(self) -> bool:
        return not self._fallen and self._silence() <= 0

    async def _ask(self) -> None:
        """Have as many rows wait for their turns as there is room for calls."""
        room = self._room()
        if len(self._stock) < room:
            await self._take_stock()
        stocked = {one.run for one in self._stock} & self._runs.keys()
        open_now = {run for run in stocked if self._may_begin(run)}
        late: list[Claimed] = []
        while self._stock and len(self._asking) < room:
            one = self._stock.popleft()
            if one.run in open_now:
                task = asyncio.create_task(self._sender.turn(one.address))
                self._asking[task] = one
            else:
                late.append(one)
        if late:
            await self._ledger.give_back(late)
        # Turns that there are at once are taken together.
        await asyncio.sleep(0)

    async def _ask_no_more(self) -> None:
        for task in self._asking:
            task.cancel()
        await asyncio.gather(*self._asking, return_exceptions=True)
        for task, row in reversed([*self._asking.items()]):
            if turn := _turn_of(task):
                turn.over()
            self._stock.appendleft(row)
        self._asking.clear()
        await self._drop_stock(longer_than=SHORT)

    def _called(self) -> dict[Claimed, Turn]:
        """Give those whose turn it is; who got none waits on."""
        wave: dict[Claimed, Turn] = {}
        for task in [task for task in self._asking if task.done()]:
            row, turn = self._asking.pop(task), _turn_of(task)
            if turn and row.run in self._runs:
                wave[row] = turn
                continue
            if turn:
                turn.over()
            else:
                self._rests_until = self._elapsed() + NAP
            self._stock.append(row)
        return wave

    def _may_begin(self, run: RunId) -> bool:
        return may_begin(self._runs[run], self._hours, self._clock.now())

    def _room(self) -> int:
        most = 1 if self._line.down else self._sender.at_once
        return most - len(self._calls)

    def _silence(self) -> float:
        return max(self._sender.silence, self._rests_until - self._elapsed(), 0.0)

    async def _take_stock(self) -> None:
        self._runs = {one.id: one for one in await self._ledger.running()}
        kept = self._runs.keys() | {call.run for call in self._calls.values()}
        self._texts = {run: text for run, text in self._texts.items() if run in kept}
        self._bursts = {run: burst for run, burst in self._bursts.items() if run in kept}
        passing = min(STOCK * self._sender.at_once, SHORT * self._sender.rate)
        wanted = ceil(passing) if not self._line.down else 1
        for run in filter(self._may_begin, self._runs):
            room = wanted - len(self._stock)
            if room > 0:
                self._stock.extend(await self._ledger.claim(run, self.route, room))

    async def _drop_stock(self, longer_than: float = 0.0) -> None:
        if self._stock and self._silence() >= longer_than:
            rows, self._stock = list(self._stock), deque()
            await self._ledger.give_back(rows)

    async def _step(self, wave: Mapping[Claimed, Turn]) -> None:
        told, self._endings = self._endings, []
        unused = {row.id: turn for row, turn in wave.items()}
        try:
            for run in {one.run for one in wave} - self._texts.keys():
                self._texts[run] = await self._ledger.text(self._runs[run])
            for one in await self._ledger.step(told, wave.keys()):
                task = asyncio.create_task(self._send(one, unused.pop(one.id)))
                self._calls[task] = one
        except BaseException:
            # Endings are written again. Of the wave nothing left; should it be marked all the
            # same, it is freed.
            self._endings = [*told, *self._endings, *map(_unbegun, wave)]
            raise
        finally:
            for turn in unused.values():
                turn.over()

    async def _send(self, begun: Begun, turn: Turn) -> Answer:
        letter = Letter(
            delivery=begun.id,
            route=self.route,
            address=begun.address,
            text=self._texts[begun.run],
        )
        try:
            async with asyncio.timeout(CALL):
                return await turn.send(letter)
        except TimeoutError:
            log.warning("delivery_call_too_long", delivery=begun.id)
        except Exception:  # an unknown fault leaves the outcome open
            log.exception("delivery_call_failed", delivery=begun.id)
        finally:
            turn.over()
        return Answer(fault=Fault.UNCERTAIN)

    async def _something(self) -> None:
        """Wait for a turn or an answer."""
        awaited = [*self._asking, *self._calls]
        done, _ = await asyncio.wait(awaited, timeout=NAP, return_when=asyncio.FIRST_COMPLETED)
        for task in [task for task in self._calls if task in done]:
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

    def _idle(self, wave: Mapping[Claimed, Turn]) -> float:
        if wave or self._endings:
            return 0.0
        return min(self._silence() or NAP, NAP)


def _turn_of(task: asyncio.Task[Turn | None]) -> Turn | None:
    if task.cancelled():
        return None
    if error := task.exception():
        log.error("no_turn_for_delivery", exc_info=error)
        return UNTOLD
    return task.result()


def _unbegun(row: Claimed) -> Ending:
    return Ending(delivery=row.id, run=row.run, status=DeliveryStatus.PENDING, spent=False)
