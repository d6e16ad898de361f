"""How fast a bot may speak: as fast as is allowed, slower for a while after it was refused.

Telegram publishes no curve; halving at a refusal and gaining slowly settles just under any limit
that stays put, as TCP does (RFC 5681).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

CUT: Final = 0.5
GAIN: Final = 1.0
QUIET: Final = 60.0
SLOWEST: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Messages a second; moments are seconds of one clock.

    ``cut_to`` is where the last refusal put it, and ``cut_at`` when the silence after that ends.
    """

    allowed: float
    cut_to: float = float("inf")
    cut_at: float = 0.0

    def at(self, now: float) -> float:
        """Give the speed at ``now``: ``GAIN`` more for each whole quiet minute."""
        minutes = max(now - self.cut_at, 0.0) // QUIET
        return min(self.allowed, self.cut_to + GAIN * minutes)

    def refused(self, now: float, silent_until: float) -> Speed:
        """Give the speed after a refusal at ``now`` that asks for silence."""
        return replace(self, cut_to=max(self.at(now) * CUT, SLOWEST), cut_at=silent_until)
