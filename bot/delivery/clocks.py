"""Two clocks that run alike and show different times: ours, and the database's."""

from __future__ import annotations

from typing import Final

# Seconds: for so long the best comparison counts; in it two clocks drift by a few milliseconds.
LASTING: Final = 60.0
DRIFT: Final = 0.005


class Clocks:
    """Translates the database's moments into ours, by the comparison that took the shortest.

    What their clock showed lies between our asking and our hearing it: the shorter that took, the
    less it can be wrong by. A comparison the best one cannot explain tells that a clock was put.
    """

    def __init__(self) -> None:
        """Start without any comparison."""
        self._ahead = 0.0
        self._doubt = float("inf")
        self._compared_at = float("-inf")

    def meet(self, *, theirs: float, asked_at: float, answered_at: float) -> None:
        """Note what their clock showed between two moments of ours."""
        doubt = (answered_at - asked_at) / 2
        ahead = theirs - (asked_at + answered_at) / 2
        is_old = answered_at - self._compared_at > LASTING
        is_put = abs(ahead - self._ahead) > doubt + self._doubt + DRIFT
        if is_old or is_put or doubt <= self._doubt:
            self._ahead, self._doubt, self._compared_at = ahead, doubt, answered_at

    def ours(self, theirs: float) -> float:
        """Give when our clock shows what theirs shows at ``theirs``."""
        return theirs - self._ahead
