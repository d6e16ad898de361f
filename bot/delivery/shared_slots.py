"""The moments of a bot that several processes share: taken in small blocks from the database.

A process asks only for those who wait, broadcasts only while the line is short, so a reply stands
behind a fraction of a second of news. While it sends it looks again and again whether another
process was asked for silence. While the database is out of reach it goes on by itself at a safe
part of the rate.

Whoever was held up between its moment and the line tells the others, and the moment that has the
same place in the next second waits, whoever has it; see ``bot.delivery.hand``.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.pace.slots import SPARED, Demand, Moment, OwnSlots
from bot.channels.pace.window import MARGIN, SECOND
from bot.delivery.clocks import Clocks
from bot.delivery.hand import LATE, Hand
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.pace_rows import (
    HORIZON,
    Given,
    Wish,
    enter,
    fall_silent,
    look,
    take,
    tell_late,
)

# Of the rate, for a process that cannot ask what the others do: with the usual 25 a second that is
# no more than the 30 which Telegram bears, even while the others use the whole.
SAFE: Final = 0.2
# Seconds of moments taken at once, and how few are left when more are asked for.
BLOCK: Final = 0.25
FEW: Final = 0.1
# Seconds: news so old are asked for anew, and with news so stale nobody is let go. In between lies
# the longest way to the database that costs nothing.
FRESH: Final = 0.02
STALE: Final = 0.2
# Seconds: the longest wait for the database, and how long it is left alone afterwards.
BRIEF: Final = 1.5
REST: Final = 2.0
SOON: Final = 0.005
log = structlog.get_logger()


class SharedSlots:
    """See ``bot.channels.pace.slots.Slots``."""

    def __init__(
        self,
        database: Database,
        bot: str,
        per_second: int,
        *,
        now: Callable[[], float] = monotonic,
    ) -> None:
        """Share the moments of ``bot`` through ``database``; ``now`` gives seconds."""
        self._database = database
        self._bot = bot
        self._allowed = per_second
        self._now = now
        self._alone = OwnSlots(per_second * SAFE)
        self._clocks = Clocks()
        self._hand = Hand(per_second)
        self._late: dict[int, float] = {}
        self._rate = float(per_second)
        self._silent_until = 0.0
        self._asked_at = float("-inf")
        self._ask_at = 0.0
        self._alone_until = 0.0
        self._asking: asyncio.Task[None] | None = None
        self._telling: asyncio.Task[None] | None = None

    def want(self, demand: Demand, wake: Callable[[], None]) -> None:
        """Ask the database when it is time to, beside whatever else goes on; see ``Slots``."""
        now = self._now()
        self._hand.lose(now)
        if now < self._alone_until or self._is_asking:
            return
        wish = self._wish(demand, now)
        if wish or self._needs_news(now):
            self._asking = asyncio.create_task(self._ask(wish))
            self._asking.add_done_callback(lambda _: wake())

    async def refresh(self) -> None:
        """Ask for news that are not fresh; see ``Slots``."""
        now = self._now()
        if now >= self._alone_until and now - self._asked_at > FRESH:
            await self._ask(None)

    def opens(self, now: float, ahead: float = 0.0) -> float:
        """Give the next moment; see ``Slots``."""
        if now < self._alone_until:
            return self._alone.opens(now, ahead)
        if self.silent_until() > now:
            return self.silent_until()
        if not self._hand:
            return float("inf") if self._is_asking else max(self._ask_at, now + SOON)
        if now - self._asked_at > STALE:
            return float("inf") if self._is_asking else now + SOON
        return self._hand.first().at - ahead

    @property
    def _is_asking(self) -> bool:
        return self._asking is not None and not self._asking.done()

    def _wish(self, demand: Demand, now: float) -> Wish | None:
        urgent = max(demand.replies - len(self._hand), 0)
        wanted = max(demand.replies + demand.broadcasts - len(self._hand), 0)
        few = len(self._hand) <= ceil(self._rate * FEW)
        asks = urgent or (wanted and few and now >= self._ask_at)
        if not asks or self.silent_until() > now:
            return None
        block = ceil(self._rate * BLOCK)
        return Wish(wanted=min(wanted, block), urgent=min(urgent, block))

    def _needs_news(self, now: float) -> bool:
        return bool(self._hand) and now - self._asked_at > FRESH

    def use(self, now: float) -> Moment:
        """Spend the next moment; see ``Slots``."""
        return self._alone.use(now) if now < self._alone_until else self._hand.spend()

    def left(self, moment: Moment, now: float) -> None:
        """Tell the others of a call that was later than the distances bear; see ``Slots``."""
        free_at = now + SECOND + MARGIN
        next_at = moment.due + self._allowed * (1 + SPARED) / self._rate
        if now < self._alone_until or free_at <= next_at:
            return
        late = {self._hand.place(moment.number): free_at}
        self._hand.late(late)
        self._late |= late
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def hush(self, now: float, seconds: float, *, since: float) -> None:
        """Fall silent here at once and everywhere through the database; see ``Slots``."""
        await self._alone.hush(now, seconds, since=since)
        self._hand.clear()
        try:
            async with asyncio.timeout(BRIEF), self._database.single() as connection:
                await fall_silent(
                    connection,
                    self._bot,
                    seconds=seconds - (self._now() - now),
                    age=self._now() - since,
                    allowed=self._allowed,
                )
        except (SQLAlchemyError, OSError) as error:
            self._part(error)
        else:
            await self._ask(None)

    def rate(self, now: float) -> float:
        """Give the speed of all processes together; see ``Slots``."""
        return self._alone.rate(now) if now < self._alone_until else self._rate

    def silent_until(self) -> float:
        """Give the end of the silence; see ``Slots``."""
        return max(self._silent_until, self._alone.silent_until())

    async def close(self) -> None:
        """Let go of what is asked; see ``Slots``."""
        # They have their own bounds; broken off, their connections would be left open.
        under_way = [task for task in (self._asking, self._telling) if task]
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _ask(self, wish: Wish | None) -> None:
        asked_at = self._now()
        try:
            async with asyncio.timeout(BRIEF):
                given = await self._given(wish)
        except (SQLAlchemyError, OSError) as error:
            self._part(error)
            return
        self._clocks.meet(theirs=given.clock, asked_at=asked_at, answered_at=self._now())
        self._asked_at = max(self._asked_at, asked_at)
        self._note(given, asks=wish is not None)

    async def _given(self, wish: Wish | None) -> Given:
        async with self._database.single() as connection:
            while True:
                if wish:
                    given = await take(connection, self._bot, wish, allowed=self._allowed)
                else:
                    given = await look(connection, self._bot, allowed=self._allowed)
                if given:
                    return given
                await enter(connection, self._bot)

    async def _tell(self) -> None:
        while self._late:
            now, late, self._late = self._now(), self._late, {}
            seconds = {place: max(free_at - now, 0.0) for place, free_at in late.items()}
            try:
                async with asyncio.timeout(BRIEF), self._database.single() as connection:
                    await tell_late(connection, self._bot, seconds)
            except (SQLAlchemyError, OSError) as error:
                self._part(error)

    def _note(self, given: Given, *, asks: bool) -> None:
        now = self._now()
        ours = self._clocks.ours
        self._hand.late({place: ours(free_at) for place, free_at in given.late.items()})
        self._rate = given.rate
        if given.silent_until > given.clock:
            self._silent_until = ours(given.silent_until)
            self._hand.clear()
            return
        first = ours(given.first)
        self._hand.give(given.number, (first + given.step * one for one in range(given.count)))
        if asks and not given.count:
            self._ask_at = max(first - HORIZON, now + SOON)

    @property
    def ahead(self) -> float:
        """As long as nearly every commit takes: who is late loses the moment; see ``Slots``."""
        return 0.05

    @property
    def late(self) -> float:
        """As long as others learn of it in time; see ``Slots``."""
        return LATE

    def _part(self, error: Exception) -> None:
        """Go on alone for a while."""
        log.warning("pace_not_shared", bot=self._bot, error=fault_of(error))
        self._hand.clear()
        self._alone_until = self._now() + REST
