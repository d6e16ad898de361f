"""A turn to make one call, from when it is let go until it is over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.channels.pace.slots import Moment


@dataclass(eq=False, slots=True, kw_only=True)
class Turn:
    """One call that may be made now, and what was known when it was let go.

    ``is_spaced`` tells that its chat had got nothing shortly before, ``is_quiet`` that the bot had
    sent little in the last second. What ``is_held`` cannot leave until the budget lets it go, at
    its ``moment`` at the earliest.
    """

    chat: str
    let_go: float
    moment: Moment
    is_spaced: bool
    is_quiet: bool
    left: Callable[[Turn], None]
    recalled: Callable[[Turn], bool]
    is_held: bool = False
    is_over: bool = field(default=False, init=False)

    @property
    def is_recalled(self) -> bool:
        """Tell whether silence was asked for meanwhile: what is not on the line stays here."""
        return self.recalled(self)

    def over(self) -> None:
        """Note that the call is on the line, or never will be; once is enough."""
        if not self.is_over:
            self.is_over = True
            self.left(self)
