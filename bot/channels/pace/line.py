"""Who of those waiting for a turn may be written to: every chat has its own pace."""

from __future__ import annotations

from bot.channels.pace.chats import Chats
from bot.channels.pace.slots import Demand
from bot.channels.pace.turn import Turn
from bot.channels.pace.waiting import Waiters, Waiting
from bot.messages import Priority


class Queue(Waiters[Turn]):
    """The waiting, of whom some wait for their chat and not for a turn."""

    def __init__(self, chats: Chats) -> None:
        """Start empty; ``chats`` tells who may be written to."""
        super().__init__()
        self._chats = chats

    def demand(self, now: float) -> Demand:
        """Give how many wait for nothing but a moment."""
        ready = [one.priority for one in self if self.opens(one) <= now]
        replies = ready.count(Priority.REPLY)
        return Demand(replies=replies, broadcasts=len(ready) - replies)

    def first(self, now: float) -> Waiting[Turn] | None:
        """Give who is next, of those whose chat may be written to."""
        return next((one for one in self if self.opens(one) <= now), None)

    def first_opens(self) -> float:
        """Give when the first chat of those waited for may be written to."""
        return min(map(self.opens, self), default=float("inf"))

    def opens(self, one: Waiting[Turn]) -> float:
        """Give when the chat of ``one`` may be written to."""
        return self._chats.opens(one.chat, one.priority)
