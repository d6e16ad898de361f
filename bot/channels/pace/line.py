"""Those who wait for their turn: replies before broadcasts, each in the order they came."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.pace.chats import Chats
from bot.channels.pace.slots import Demand
from bot.channels.pace.turn import Turn
from bot.messages import Priority


class NoTurn(Exception):
    """There is no turn within one's patience; there is surely none for ``wait`` seconds."""

    def __init__(self, wait: float) -> None:
        """Keep how long to stay away."""
        super().__init__(f"none for {wait:.1f} s")
        self.wait = wait


@dataclass(eq=False, slots=True, kw_only=True)
class Waiting:
    """One who waits to write to ``chat``, until ``ends`` at the longest; see ``Turn.is_held``."""

    chat: str
    priority: Priority
    ends: float
    called: asyncio.Future[Turn]
    held: bool = False


class Queue:
    """The waiting, in two lines."""

    def __init__(self, chats: Chats) -> None:
        """Start empty; ``chats`` tells who may be written to."""
        self._chats = chats
        self._lines: dict[Priority, list[Waiting]] = {one: [] for one in Priority}

    def __len__(self) -> int:
        """Give how many wait."""
        return sum(map(len, self._lines.values()))

    def join(self, one: Waiting) -> None:
        """Stand at the end of one's line."""
        self._lines[one.priority].append(one)

    def leave(self, one: Waiting) -> None:
        """Stand there no more."""
        if one in self._lines[one.priority]:
            self._lines[one.priority].remove(one)

    def demand(self, now: float) -> Demand:
        """Give how many wait for nothing but a moment."""
        ready = [one.priority for one in self._all() if self._opens(one) <= now]
        replies = ready.count(Priority.REPLY)
        return Demand(replies=replies, broadcasts=len(ready) - replies)

    def first(self, now: float) -> Waiting | None:
        """Give who is next, of those whose chat may be written to."""
        return next((one for one in self._all() if self._opens(one) <= now), None)

    def opens(self) -> float:
        """Give when the first chat of those waited for may be written to."""
        return min(map(self._opens, self._all()), default=float("inf"))

    def ends(self) -> float:
        """Give when the first loses patience."""
        return min((one.ends for one in self._all()), default=float("inf"))

    def send_away(self, now: float, silent_until: float) -> None:
        """Tell those whose patience is over, or ends before there can be a turn for them."""
        for one in tuple(self._all()):
            surely = max(self._opens(one), silent_until, now)
            if one.ends < surely or one.ends <= now:
                self.fail(one, NoTurn(surely - now))

    def fail(self, one: Waiting, error: Exception) -> None:
        """Have one wait no more."""
        self.leave(one)
        if not one.called.done():
            one.called.set_exception(error)

    def fail_all(self, error: Exception) -> None:
        """Have nobody wait any more."""
        for one in tuple(self._all()):
            self.fail(one, error)

    def _opens(self, one: Waiting) -> float:
        return self._chats.opens(one.chat, one.priority)

    def _all(self) -> Iterator[Waiting]:
        for priority in Priority:
            yield from self._lines[priority]
