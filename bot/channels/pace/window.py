"""How many calls left in the last second: a promise about the wire, not about our plans."""

from __future__ import annotations

from collections import deque
from typing import Final

# Seconds. On the way to the provider two calls come closer to each other by so much at most.
MARGIN: Final = 0.012
SECOND: Final = 1.0


class Window:
    """Counts the calls of the last second, and those on their way out.

    A call counts from when it is let go until a second after it was written to the line: while it
    waits for a connection it may leave at any moment. So no stall of ours, between letting go and
    writing or anywhere else, puts more than ``size`` calls into any one second.
    """

    def __init__(self, size: int) -> None:
        """Start empty."""
        self._size = size
        self._leaving = 0
        self._left: deque[float] = deque()

    def begin(self) -> None:
        """Count a call that is let go."""
        self._leaving += 1

    def leave(self, now: float) -> None:
        """Note that a call that was let go is on the line."""
        self._leaving -= 1
        self._left.append(now)

    def count(self, now: float) -> int:
        """Give how many calls count at ``now``."""
        while self._left and self._left[0] + SECOND + MARGIN <= now:
            self._left.popleft()
        return self._leaving + len(self._left)

    def opens(self, now: float) -> float:
        """Give when one more may be let go; infinity while those on their way out fill it."""
        beyond = self.count(now) - self._size
        if beyond < 0:
            return now
        if beyond >= len(self._left):
            return float("inf")
        return self._left[beyond] + SECOND + MARGIN
