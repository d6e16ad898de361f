"""How many open connections wait for replies; without a limit one page could take them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

SEATS_PER_SESSION: Final = 8
SEATS_IN_ALL: Final = 5_000


class NoSeat(Exception):
    """Too many connections wait already, of this session or in all."""


class Seats:
    """The places for connections that wait."""

    def __init__(self, *, each: int = SEATS_PER_SESSION, total: int = SEATS_IN_ALL) -> None:
        """Give ``each`` session its places, and no more than ``total`` to all of them."""
        self.each = each
        self.total = total
        self.taken: Counter[str] = Counter()

    @contextmanager
    def take(self, session: str) -> Iterator[None]:
        """Hold a place for as long as the block runs.

        Raises:
            NoSeat: none is free.
        """
        if self.taken[session] >= self.each or self.taken.total() >= self.total:
            raise NoSeat
        self.taken[session] += 1
        try:
            yield
        finally:
            self.taken[session] -= 1
            if not self.taken[session]:
                del self.taken[session]
