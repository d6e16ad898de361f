"""What a lane keeps for each account in whose name it sends: a stalled one stops no other."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field

from broadcasts.delivery.answers import Answer, Fault
from broadcasts.delivery.bursts import Line
from broadcasts.delivery.ports import Begun, Claimed, Turn
from broadcasts.models import RunId


@dataclass(eq=False, slots=True)
class Share:
    """Rows of one account's readers: taken, waiting for their turns, being sent.

    Moments are seconds of the lane's own clock; ``turnless_since`` is the first time that no turn
    came since the last one did.
    """

    line: Line = field(default_factory=Line)
    fallen: tuple[Fault, RunId] | None = None
    rests_until: float = 0.0
    turnless_since: float | None = None
    stock: deque[Claimed] = field(default_factory=deque)
    asking: dict[asyncio.Task[Turn | None], Claimed] = field(default_factory=dict)
    calls: dict[asyncio.Task[Answer], Begun] = field(default_factory=dict)

    @property
    def is_at_work(self) -> bool:
        """Tell whether somebody waits for a turn or for an answer."""
        return bool(self.asking or self.calls)

    def room(self, at_once: int) -> int:
        """Give how many may wait for turns where ``at_once`` calls may be at work together."""
        return (1 if self.line.down else at_once) - len(self.calls)

    def is_idle(self, now: float) -> bool:
        """Tell whether there is nothing to be kept of it."""
        is_well = not self.line.down and self.fallen is None and self.rests_until <= now
        return is_well and not self.stock and not self.is_at_work

    def no_turn(self, now: float, rest: float) -> None:
        """Note that no turn came: for a while none is asked for."""
        self.rests_until = max(self.rests_until, now + rest)
        self.turnless_since = now if self.turnless_since is None else self.turnless_since

    def emptied(self) -> list[Claimed]:
        """Take out what was taken and waits for no turn yet."""
        rows, self.stock, self.turnless_since = list(self.stock), deque(), None
        return rows
