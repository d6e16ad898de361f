"""One way to readers: takes its rows, sends a few at a time, writes down what became of each.

A row waits for its turn as ``claimed``. Once it has it, it is marked ``sending``, in one
transaction with the endings of other calls, and called at once: a crash leaves uncertain
only calls under way, just let go or just answered.

Each account has a share of its own: its rows, its room and its rests. A run is taken from in the
order of its rows, and only while the account it has come to has room.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from datetime import timedelta
from math import ceil
from time import monotonic
from typing import Final

import structlog

from broadcasts.delivery.answers import Answer, Ending, Fault, Tried, ending
from broadcasts.delivery.bursts import DOWN, Burst
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
from broadcasts.delivery.shares import Share
from broadcasts.models import DeliveryStatus, NewsText, Route, RunId

# So many times what is sent at once is taken: a dead process holds up no more.
STOCK: Final = 5
# Seconds. The bound of one call; the store's claim on it is longer.
CALL: Final = 30.0
NAP: Final = 1.0
# A silence longer than this, or so long without a turn, lets others have what was taken: the
# claim on it is longer. No more is taken than passes in it.
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
        self._looked: float | None = None
        self._shares: dict[str, Share] = {}
        self._runs: dict[RunId, Running] = {}
        # In whose name the row went that was taken last of a run.
        self._accounts: dict[RunId, str] = {}
        self._texts: dict[RunId, NewsText] = {}
        self._bursts: dict[RunId, Burst] = {}
        self._endings: list[Ending] = []

    async def round(self, *, goes_on: bool = True) -> float:
        """Write down what ended, begin those whose turn it is, wait for more of either.

        Gives for how many seconds there is nothing to do. Nothing is begun unless it ``goes_on``.
        """
        if goes_on:
            await self._ask()
        else:
            await self._ask_no_more(self._shares.values())
        wave = self._called()
        if wave or self._endings:
            await self._step(wave)
        if not any(one.is_at_work for one in self._shares.values()):
            return self._idle(wave)
        await self._something()
        return 0.0

    async def leave(self) -> None:
        """Wait for what is at work, write it down and let others have the rest."""
        await self._ask_no_more(self._shares.values())
        while self._endings or any(one.calls for one in self._shares.values()):
            await self.round(goes_on=False)
        await self._give_back([row for one in self._shares.values() for row in one.emptied()])

    def _is_open(self, share: Share) -> bool:
        return not share.fallen and self._silence(share) <= 0

    def _silence(self, share: Share) -> float:
        return max(self._sender.silence, share.rests_until - self._elapsed(), 0.0)

    async def _ask(self) -> None:
        """Have as many rows wait for their turns as there is room for calls."""
        await self._ask_no_more([one for one in self._shares.values() if not self._is_open(one)])
        if self._sender.silence <= 0 and self._wants_stock():
            await self._take_stock()
        going = [one for one in self._shares.values() if self._is_open(one)]
        stocked = {row.run for one in going for row in one.stock} & self._runs.keys()
        open_now = {run for run in stocked if self._may_begin(run)}
        await self._give_back([row for one in going for row in self._asked(one, open_now)])
        # Turns that there are at once are taken together.
        await asyncio.sleep(0)

    def _asked(self, share: Share, open_now: Collection[RunId]) -> list[Claimed]:
        """Have rows of one account wait for their turns; give those that may not begin now."""
        late: list[Claimed] = []
        room = share.room(self._sender.at_once)
        while share.stock and len(share.asking) < room:
            row = share.stock.popleft()
            if row.run in open_now:
                share.asking[asyncio.create_task(self._sender.turn(row.address))] = row
            else:
                late.append(row)
        return late

    async def _ask_no_more(self, shares: Collection[Share]) -> None:
        """Put back who waits for a turn; others have what would wait long."""
        waiting = [task for one in shares for task in one.asking]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        for one in shares:
            for task, row in reversed([*one.asking.items()]):
                if turn := _turn_of(task):
                    turn.over()
                one.stock.appendleft(row)
            one.asking.clear()
        late = [one for one in self._shares.values() if self._waits_long(one)]
        await self._give_back([row for one in late for row in one.emptied()])

    def _waits_long(self, share: Share) -> bool:
        since = share.turnless_since
        turnless = since is not None and self._elapsed() - since >= SHORT
        return turnless or self._silence(share) >= SHORT

    def _called(self) -> dict[Claimed, Turn]:
        """Give those whose turn it is; who got none waits on."""
        wave: dict[Claimed, Turn] = {}
        for share in self._shares.values():
            for task in [task for task in share.asking if task.done()]:
                row, turn = share.asking.pop(task), _turn_of(task)
                if turn and row.run in self._runs:
                    share.turnless_since = None
                    wave[row] = turn
                    continue
                if turn:
                    turn.over()
                else:
                    share.no_turn(self._elapsed(), NAP)
                share.stock.append(row)
        return wave

    def _may_begin(self, run: RunId) -> bool:
        return may_begin(self._runs[run], self._hours, self._clock.now())

    def _wants_stock(self) -> bool:
        """Tell whether rows are lacking, or runs of further accounts are to be looked for."""
        if not self._shares or self._looked is None or self._elapsed() - self._looked >= NAP:
            return True
        at_once = self._sender.at_once
        going = [one for one in self._shares.values() if self._is_open(one)]
        return any(len(one.stock) < one.room(at_once) for one in going)

    async def _take_stock(self) -> None:
        self._looked = self._elapsed()
        self._runs = {one.id: one for one in await self._ledger.running()}
        calls = [call.run for one in self._shares.values() for call in one.calls.values()]
        kept = self._runs.keys() | set(calls)
        self._texts = {run: text for run, text in self._texts.items() if run in kept}
        self._bursts = {run: burst for run, burst in self._bursts.items() if run in kept}
        self._accounts = {run: name for run, name in self._accounts.items() if run in kept}
        for run in filter(self._may_begin, self._runs):
            await self._claim(run)
        idle = [name for name, one in self._shares.items() if one.is_idle(self._looked)]
        for name in idle:
            del self._shares[name]

    async def _claim(self, run: RunId) -> None:
        """Take what lacks to the account whose readers a run has come to; one row tells which."""
        if run not in self._accounts:
            await self._take(run, most=1)
        if run in self._accounts:
            await self._take(run)

    async def _take(self, run: RunId, most: int | None = None) -> None:
        share = self._shares.get(self._accounts.get(run, self._sender.account("")), Share())
        passing = min(STOCK * self._sender.at_once, SHORT * self._sender.rate)
        wanted = ceil(passing) if not share.line.down else 1
        room = wanted - len(share.stock)
        if room <= 0 or not self._is_open(share):
            return
        for row in await self._ledger.claim(run, self.route, most or room):
            self._accounts[run] = self._sender.account(row.address)
            self._share(row.address).stock.append(row)

    def _share(self, address: str) -> Share:
        return self._shares.setdefault(self._sender.account(address), Share())

    async def _give_back(self, rows: Collection[Claimed]) -> None:
        if rows:
            await self._ledger.give_back(rows)

    async def _step(self, wave: Mapping[Claimed, Turn]) -> None:
        told, self._endings = self._endings, []
        unused = {row.id: turn for row, turn in wave.items()}
        try:
            for run in {one.run for one in wave} - self._texts.keys():
                self._texts[run] = await self._ledger.text(self._runs[run])
            for one in await self._ledger.step(told, wave.keys()):
                task = asyncio.create_task(self._send(one, unused.pop(one.id)))
                self._share(one.address).calls[task] = one
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
        awaited = [task for one in self._shares.values() for task in (*one.asking, *one.calls)]
        done, _ = await asyncio.wait(awaited, timeout=NAP, return_when=asyncio.FIRST_COMPLETED)
        for share in self._shares.values():
            for task in [task for task in share.calls if task in done]:
                await self._ended(share, share.calls.pop(task), task.result())
            if share.fallen and not share.calls:
                await self._fell(share, *share.fallen)

    async def _ended(self, share: Share, begun: Begun, answer: Answer) -> None:
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
            share.fallen = (answer.fault, begun.run)
            return
        if answer.fault in (Fault.RATE_LIMITED, Fault.NO_TURN):
            # A turn that did not come is no wish of the provider's.
            wish = answer.retry_after if answer.fault is Fault.RATE_LIMITED else NAP
            share.rests_until = max(share.rests_until, self._elapsed() + wish)
        share.line.works()
        burst = self._bursts.setdefault(begun.run, Burst())
        burst.note(answer)
        if burst.ill:
            await self._stop(begun.run)

    async def _fell(self, share: Share, fault: Fault, run: RunId) -> None:
        share.fallen = None
        ill = share.line.fails(fault)
        share.rests_until = self._elapsed() + share.line.rest
        if ill:
            await self._stop(run)

    async def _stop(self, run: RunId) -> None:
        self._bursts.pop(run, None)
        if await self._ledger.stop(run):
            log.error("run_paused_for_errors", run=run, route=self.route)

    def _idle(self, wave: Mapping[Claimed, Turn]) -> float:
        if wave or self._endings:
            return 0.0
        waits = filter(None, map(self._silence, self._shares.values()))
        return min([*waits, NAP])


def _turn_of(task: asyncio.Task[Turn | None]) -> Turn | None:
    if task.cancelled():
        return None
    if error := task.exception():
        log.error("no_turn_for_delivery", exc_info=error)
        return UNTOLD
    return task.result()


def _unbegun(row: Claimed) -> Ending:
    return Ending(delivery=row.id, run=row.run, status=DeliveryStatus.PENDING, spent=False)
