"""The one budget of a bot: whoever sends takes a turn here first, whatever it is they send.

A turn comes when a moment is free, the last second has room and the chat may be written to. A
reply that waits goes before every broadcast. What the provider announces is obeyed to the letter:
Telegram does not say whether a 429 is meant for the bot or for one chat, so we go by what we did.
Where a chat got several messages at once while the bot was quiet, the chat alone is silent; in
every other case the bot is, for silence is cheap and a call inside a wait makes it longer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Final

from bot.bell import nap
from bot.channels.pace.chats import Chats
from bot.channels.pace.line import Queue
from bot.channels.pace.slots import OwnSlots, Slots
from bot.channels.pace.turn import Turn
from bot.channels.pace.waiting import Calling, NoTurn, Waiting
from bot.channels.pace.window import Window
from bot.messages import Priority

Nap = Callable[[asyncio.Event, float], Awaitable[None]]
# Seconds a caller waits who does not say how long; well within the time a reply is claimed for.
PATIENCE: Final = 30.0
# Seconds; nothing is waited for longer without a look around.
LONGEST_NAP: Final = 60.0
# Seconds; so soon a held turn is looked at again.
SOON: Final = 0.02
# Seconds; so long another moment is waited for where that was not enough.
BRIEF: Final = 5.0
# Of the rate: a bot that sent less in the last second was not refused for what it sent in all.
QUIET: Final = 0.5


class Budget:
    """Gives turns to those who wait; see the module."""

    def __init__(
        self,
        per_second: int,
        *,
        slots: Slots | None = None,
        chats: Chats | None = None,
        now: Callable[[], float] = monotonic,
        nap: Nap = nap,
    ) -> None:
        """Start with nobody waiting; without ``slots`` this process has the bot to itself.

        ``now`` gives seconds, ``nap`` sleeps for seconds or until an event.
        """
        self._slots = slots or OwnSlots(per_second)
        self._chats = chats or Chats()
        self._window = Window(per_second)
        self._queue = Queue(self._chats)
        self._quiet = per_second * QUIET
        self._now = now
        self._nap = nap
        self._calling = Calling(self._queue, self._call)

    @property
    def rate(self) -> float:
        """How many messages a second may go now."""
        return self._slots.rate(self._now())

    @property
    def silence(self) -> float:
        """For how many seconds more the provider wants to hear nothing, as far as is known."""
        return max(self._slots.silent_until() - self._now(), 0.0)

    async def turn(
        self,
        chat: str,
        priority: Priority = Priority.REPLY,
        *,
        patience: float = PATIENCE,
        held: bool = False,
    ) -> Turn:
        """Wait for one's turn to write to ``chat``; it is used at once, and ``over`` afterwards.

        Who first has something to write down takes it ``held``, and has it ``let_go`` then.

        Raises:
            NoTurn: it does not come within ``patience`` seconds, or is known not to come.
        """
        ends = self._now() + patience
        return await self._calling.wait(chat, priority, ends=ends, held=held)

    async def let_go(self, turn: Turn) -> None:
        """Let a held turn go at its moment, or as soon as the last second has room.

        Who missed the moment gets another, before all others: calls of several processes would
        come too close together.

        Raises:
            NoTurn: silence was asked for meanwhile, or there is no other moment soon.
        """
        while turn.is_held:
            now = self._now()
            if turn.is_recalled:
                raise NoTurn(self.silence)
            if now > turn.moment.at + self._slots.late:
                other = await self.turn(turn.chat, patience=BRIEF, held=True)
                turn.moment = other.moment
            elif (opens := max(turn.moment.at, self._window.opens(now))) > now:
                await self._nap(asyncio.Event(), min(opens - now, SOON))
            else:
                self._window.begin()
                self._chats.delay(turn.chat, now - turn.let_go)
                turn.let_go, turn.is_held = now, False

    async def hushed(self) -> float:
        """Ask anew for how many seconds nothing at all may be called."""
        await self._slots.refresh()
        return self.silence

    async def refused(self, turn: Turn, seconds: float) -> None:
        """Obey a 429 that asks for silence, given to the call of ``turn``."""
        if turn.is_spaced or not turn.is_quiet:
            await self._slots.hush(self._now(), seconds, since=turn.let_go)
        else:
            self._chats.hush(turn.chat, self._now() + seconds)
        self._calling.changed.set()

    async def close(self) -> None:
        """Leave nothing under way; nobody waits any more."""
        await self._slots.close()

    async def _call(self) -> None:
        """Call who is next, or sleep until something changes."""
        self._calling.changed.clear()
        now = self._now()
        self._slots.want(self._queue.demand(now), self._calling.changed.set)
        one = self._queue.first(now)
        moment = self._moment(now, self._slots.ahead if one and one.held else 0.0)
        if one and moment <= now:
            self._let_go(one, now)
            return
        silent_until = self._slots.silent_until()
        self._queue.send_away(now, lambda one: max(self._queue.opens(one), silent_until))
        if self._queue:
            await self._nap(self._calling.changed, min(moment, self._queue.ends()) - now)

    def _moment(self, now: float, ahead: float) -> float:
        """Give when the next may have a turn, ``ahead`` of its moment, or when to look again."""
        free = max(self._slots.opens(now, ahead), self._window.opens(now) - ahead)
        return min(max(free, self._queue.first_opens()), now + LONGEST_NAP)

    def _let_go(self, one: Waiting[Turn], now: float) -> None:
        self._queue.leave(one)
        if one.called.done():
            return
        turn = Turn(
            chat=one.chat,
            let_go=now,
            moment=self._slots.use(now),
            is_spaced=self._chats.is_spaced(one.chat, now),
            is_quiet=self._window.count(now) <= self._quiet,
            left=self._left,
            recalled=self._recalled,
            is_held=one.held,
        )
        if not one.held:
            self._window.begin()
        self._chats.write(one.chat, now)
        one.called.set_result(turn)

    def _recalled(self, turn: Turn) -> bool:
        silent_until = max(self._slots.silent_until(), self._chats.silent_until(turn.chat))
        return silent_until > self._now()

    def _left(self, turn: Turn) -> None:
        if turn.is_held:
            return
        now = self._now()
        self._window.leave(now)
        self._slots.left(turn.moment, now)
        self._chats.delay(turn.chat, now - turn.let_go)
        self._calling.changed.set()


__all__ = ["Budget", "NoTurn", "Turn"]
