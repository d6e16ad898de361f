"""Turns to make a call, and those who wait for one: replies before news, each as they came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.channels.pace.line import NoTurn
from bot.messages import Priority


@dataclass(eq=False, slots=True, kw_only=True)
class MinuteTurn:
    """Leave to make one call soon; what is not used is given back by ``over``."""

    chat: str
    priority: Priority
    number: int
    given_at: float
    back: Callable[[MinuteTurn], None]
    is_used: bool = False
    is_over: bool = False

    def over(self) -> None:
        """Note that the call was made, or never will be; once is enough."""
        if self.is_over:
            return
        self.is_over = True
        if not self.is_used:
            self.back(self)


@dataclass(eq=False, slots=True, kw_only=True)
class Waiting:
    """One who waits to call about ``chat``, until ``ends`` at the longest."""

    chat: str
    priority: Priority
    ends: float
    called: asyncio.Future[MinuteTurn]


class Queue:
    """The waiting, in two lines."""

    def __init__(self) -> None:
        """Start empty."""
        self._lines: dict[Priority, list[Waiting]] = {one: [] for one in Priority}

    def join(self, one: Waiting) -> None:
        """Stand at the end of one's line."""
        self._lines[one.priority].append(one)

    def leave(self, one: Waiting) -> None:
        """Stand there no more."""
        if one in self._lines[one.priority]:
            self._lines[one.priority].remove(one)

    def first(self) -> Waiting | None:
        """Give who is next."""
        return next(self._all(), None)

    def ends(self) -> float:
        """Give when the first loses patience."""
        return min((one.ends for one in self._all()), default=float("inf"))

    def send_away(self, now: float, opens: Mapping[Priority, float]) -> None:
        """Tell those whose patience is over, or ends before there can be a turn for them."""
        for one in tuple(self._all()):
            surely = max(opens[one.priority], now)
            if one.ends < surely or one.ends <= now:
                self.leave(one)
                if not one.called.done():
                    one.called.set_exception(NoTurn(surely - now))

    def _all(self) -> Iterator[Waiting]:
        for priority in Priority:
            yield from self._lines[priority]
