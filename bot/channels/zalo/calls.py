"""What is known of a line's calls in the last minute; it outlives processes, and all share it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Final, Protocol

from bot.messages import Priority

MINUTE: Final = 60.0
# Seconds after which a turn that was not used is worth nothing; calls count so much longer than a
# minute, as one may leave so much later than its turn was given.
USED_WITHIN: Final = 2.0
WINDOW: Final = MINUTE + USED_WITHIN
# Of the calls of a minute, what news leave to replies.
KEPT_FOR_REPLIES: Final = 0.2


class LogClosed(Exception):
    """The log cannot be reached now: nobody can tell whether there is a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A turn by its ``number`` in the log; without one there is none for ``wait`` seconds.

    ``silence`` is for how many seconds more nothing may be called, ``rate`` how many calls a
    minute may be made now.
    """

    number: int | None = None
    wait: float = 0.0
    silence: float = 0.0
    rate: float


class CallLog(Protocol):
    """The calls of one line, the same for every process, by one clock."""

    async def take(self, priority: Priority, most: int) -> Taken:
        """Take a turn where less than ``most`` calls a minute were made; news leave some room.

        Raises:
            LogClosed: it cannot be told now.
        """
        ...

    async def give_back(self, number: int) -> None:
        """Take a turn out that surely made no call; that it could not be only costs one."""
        ...

    async def hush(self, seconds: float, most: int) -> None:
        """Let no process call for ``seconds``, and fewer than ``most`` a minute afterwards."""
        ...

    async def learn(self, most: int) -> None:
        """Keep to ``most`` calls a minute for a while, as the provider told."""
        ...


def room(rate: float, priority: Priority) -> int:
    """Give how many calls a minute somebody of ``priority`` may find made, and still call."""
    whole = max(int(rate), 1)
    if priority is Priority.REPLY:
        return whole
    return max(whole - ceil(whole * KEPT_FOR_REPLIES), 1)
