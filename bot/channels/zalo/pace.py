"""How many calls a minute one line may make: an account, or a bot of the Bot Platform.

Every call takes a turn here first, whatever it is: messages, files, templates, questions. What the
provider tells of its limits is believed where it is stricter (``X-RateLimit-*``, error -32).
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from time import monotonic
from typing import Final

from bot.bell import nap
from bot.channels.pace.budget import PATIENCE, Nap
from bot.channels.pace.waiting import Calling, NoTurn, Waiters, Waiting
from bot.channels.zalo.calls import MINUTE, USED_WITHIN, WINDOW, CallLog, LogClosed, Taken
from bot.channels.zalo.limits import Limits
from bot.channels.zalo.turns import MinuteTurn
from bot.messages import Priority

# Seconds another turn is waited for where the first was not used in time.
BRIEF: Final = 5.0
# Seconds until the log is asked again that was out of reach.
REST: Final = 2.0


class MinutePace:
    """Gives turns to those who wait, in this process; ``calls`` tells of all processes."""

    def __init__(
        self,
        calls: CallLog,
        most: int,
        *,
        now: Callable[[], float] = monotonic,
        nap: Nap = nap,
    ) -> None:
        """Allow ``most`` calls in any minute; ``now`` gives seconds, ``nap`` sleeps for some."""
        self._calls = calls
        self._allowed = self._most = most
        self._now = now
        self._nap = nap
        self._waiters = Waiters[MinuteTurn]()
        self._calling = Calling(self._waiters, self._call_next)
        self._beside: set[asyncio.Task[None]] = set()
        # When the log may have a turn for each, and until when nothing may be called at all.
        self._log_opens = dict.fromkeys(Priority, 0.0)
        self._silent_until = 0.0
        self._rate = float(most)
        # Calls that may still be made until then, as the provider told, and those on the line.
        self._left = float("inf")
        self._left_until = 0.0
        self._on_the_line = 0

    @property
    def rate(self) -> float:
        """How many calls a second may go in the long run."""
        return min(self._rate, self._most) / WINDOW

    @property
    def silence(self) -> float:
        """For how many seconds more the provider wants to hear nothing, as far as is known."""
        return max(self._silent_until - self._now(), 0.0)

    async def turn(
        self,
        chat: str,
        priority: Priority = Priority.REPLY,
        *,
        patience: float = PATIENCE,
        held: bool = False,  # noqa: ARG002 - all are until they are used
    ) -> MinuteTurn:
        """Wait for one's turn; it is used soon (``use``), and ``over`` afterwards.

        Raises:
            NoTurn: it does not come within ``patience`` seconds, or is known not to come.
        """
        return await self._calling.wait(chat, priority, ends=self._now() + patience)

    async def let_go(self, turn: MinuteTurn) -> None:
        """Leave the turn held until the call is made; see ``Pace`` of ``parts``."""

    async def use(self, turn: MinuteTurn) -> MinuteTurn:
        """Begin a call in a turn; too old a one is given back and another one is used.

        Raises:
            NoTurn: silence was asked for meanwhile, or there is no other turn soon.
        """
        while self._now() - turn.given_at > USED_WITHIN:
            turn.over()
            turn = await self.turn(turn.chat, turn.priority, patience=BRIEF)
        if silence := self.silence:
            turn.over()
            raise NoTurn(silence)
        turn.is_used = True
        self._on_the_line += 1
        return turn

    def answered(self, limits: Limits) -> None:
        """Note that a call has ended, and what its answer told of limits."""
        self._on_the_line -= 1
        if limits.remain is not None:
            # Whether those on the line are counted in it nobody knows.
            self._left = limits.remain - self._on_the_line
            self._left_until = self._now() + MINUTE
            self._calling.changed.set()
        if limits.limit:
            # The last word counts: an odd answer must not slow us down for ever.
            self._most, before = min(self._allowed, limits.limit), self._most
            if self._most < before:
                self._do_beside(self._calls.learn(self._most))

    async def refused(self, seconds: float = MINUTE) -> None:
        """Be silent in every process, and slower afterwards: there were too many calls."""
        self._silent_until = max(self._silent_until, self._now() + seconds)
        self._calling.changed.set()
        await self._calls.hush(seconds, self._most)

    async def close(self) -> None:
        """Leave nothing under way; nobody waits any more."""
        await self._calling.close()
        await asyncio.gather(*self._beside, return_exceptions=True)

    async def _call_next(self) -> None:
        """Call who is next if there may be a turn for them, and sleep until there may be one."""
        self._calling.changed.clear()
        first = next(iter(self._waiters))
        if self._opens()[first.priority] <= self._now():
            await self._call(first)
        now, opens = self._now(), self._opens()
        self._waiters.send_away(now, lambda one: opens[one.priority])
        following = next(iter(self._waiters), None)
        if following is None:
            return
        wakes = min(opens[following.priority], self._waiters.ends())
        if wakes > now:
            await self._nap(self._calling.changed, wakes - now)

    async def _call(self, one: Waiting[MinuteTurn]) -> None:
        """Ask the log for a turn for ``one``, who is first in line."""
        taken = await self._taken(one.priority)
        self._rate = taken.rate
        now = self._now()
        if taken.silence:
            self._silent_until = max(self._silent_until, now + taken.silence)
        if taken.number is None:
            self._log_opens[one.priority] = now + taken.wait
            return
        self._waiters.leave(one)
        self._left -= 1
        turn = MinuteTurn(
            chat=one.chat,
            priority=one.priority,
            number=taken.number,
            given_at=now,
            back=self._back,
        )
        if one.called.done():
            turn.over()
        else:
            one.called.set_result(turn)

    async def _taken(self, priority: Priority) -> Taken:
        try:
            return await self._calls.take(priority, self._most)
        except LogClosed:
            return Taken(wait=REST, rate=self._rate)

    def _opens(self) -> Mapping[Priority, float]:
        """Give when there may be a turn for each; news never have one before replies."""
        all_of_us = max(self._silent_until, self._left_until if self._left < 1 else 0.0)
        replies = max(self._log_opens[Priority.REPLY], all_of_us)
        news = max(self._log_opens[Priority.BROADCAST], replies)
        return {Priority.REPLY: replies, Priority.BROADCAST: news}

    def _back(self, turn: MinuteTurn) -> None:
        self._left += 1
        # What is older counts no more; its number may be another's by now.
        if self._now() - turn.given_at < MINUTE:
            self._do_beside(self._given_back(turn.number))

    async def _given_back(self, number: int) -> None:
        await self._calls.give_back(number)
        self._log_opens = dict.fromkeys(Priority, 0.0)
        self._calling.changed.set()

    def _do_beside(self, deed: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(deed)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
