"""How long each account that is down is left alone, before one reply tries again."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import Final

# Seconds.
FIRST_REST: Final = 1.0
LONGEST_REST: Final = 60.0


class Rests:
    """The accounts of a channel that are down; one that has none is down as a whole (``""``)."""

    def __init__(self, *, now: Callable[[], float] = monotonic) -> None:
        """Start with nobody resting; ``now`` gives seconds."""
        self._now = now
        self._lasting: dict[str, float] = {}
        self._until: dict[str, float] = {}

    @property
    def longest(self) -> float:
        """The longest rest in seconds."""
        return max(self._lasting.values(), default=0.0)

    @property
    def resting(self) -> frozenset[str]:
        """The accounts that are down."""
        return frozenset(self._lasting)

    def due(self) -> frozenset[str]:
        """Give those that have rested and may be tried."""
        return frozenset(one for one, until in self._until.items() if until <= self._now())

    def of(self, account: str) -> float:
        """Give how long an account rests, 0 when it works."""
        return self._lasting.get(account, 0.0)

    def lengthen(self, account: str, rested: float) -> None:
        """Rest twice as long as ``rested``; those that failed together count as one."""
        wanted = min(max(rested * 2, FIRST_REST), LONGEST_REST)
        self._lasting[account] = max(self.of(account), wanted)
        self._until[account] = self._now() + self._lasting[account]

    def end(self, account: str) -> None:
        """Note that an account works."""
        self._lasting.pop(account, None)
        self._until.pop(account, None)
