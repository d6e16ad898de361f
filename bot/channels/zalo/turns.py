"""Turns to make a call within a minute's number of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

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
