"""How many calls may begin just now under a rate, a little ahead of their turns and no more.

Whoever guards the rate itself lets them pass evenly; were many begun early they would stand in the
ledger as being sent while they only wait, and be uncertain after a crash.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Final

# Seconds; longer than a commit takes, so that somebody always waits for the next turn.
AHEAD: Final = 0.1


class Meter:
    """Reckons the turns of one way; its ``rate`` a second may change at any time."""

    def __init__(self, *, now: Callable[[], float] = monotonic) -> None:
        """Start with a turn at once; ``now`` gives seconds."""
        self._now = now
        self._next = 0.0

    def room(self, rate: float) -> float:
        """Give how many may begin now."""
        if rate == inf:
            return inf
        ahead = self._now() + AHEAD - max(self._next, self._now())
        return int(ahead * rate) + 1 if ahead >= 0 else 0

    def take(self, rate: float, calls: int) -> None:
        """Use the turns of so many calls."""
        if rate != inf:
            self._next = max(self._next, self._now()) + calls / rate

    def wait(self) -> float:
        """Give the seconds until there is room again."""
        return max(self._next - AHEAD - self._now(), 0.0)
