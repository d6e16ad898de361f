"""Keeps a channel's sends under its provider's rate."""

from __future__ import annotations

import asyncio
from time import monotonic


class Pace:
    """Lets at most ``per_second`` callers pass each second, evenly, in the order they come."""

    def __init__(self, per_second: float) -> None:
        """Start with nobody waiting."""
        self._interval = 1 / per_second
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for one's turn."""
        now = monotonic()
        mine = max(self._next, now)
        self._next = mine + self._interval
        await asyncio.sleep(mine - now)
