"""The moments a process has in hand, each put off until its place in a second is free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from bot.channels.pace.slots import Moment

# Seconds; a moment that is missed or put off by more is lost: others would not know of it in time.
LATE: Final = 0.2


class Hand:
    """Moments of a line that is numbered through; every ``size``-th has the same place.

    As long as each place is taken once a second at most, no second sees more than ``size`` calls,
    in whatever order. So a moment waits until the place of a late call is free.
    """

    def __init__(self, size: int) -> None:
        """Start empty."""
        self._size = size
        self._moments: list[Moment] = []
        self._free_at: dict[int, float] = {}

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._moments)

    def place(self, number: int) -> int:
        """Give the place of a moment."""
        return number % self._size

    def give(self, number: int, dues: Iterable[float]) -> None:
        """Take moments in hand, numbered from ``number`` on."""
        self._moments += [Moment(at=due, due=due, number=n) for n, due in enumerate(dues, number)]
        self._put_off()

    def late(self, free_at: Mapping[int, float]) -> None:
        """Learn when the places of late calls are free."""
        for place, at in free_at.items():
            self._free_at[place] = max(at, self._free_at.get(place, at))
        self._put_off()

    def first(self) -> Moment:
        """Give the next moment; there must be one."""
        return min(self._moments, key=lambda one: one.at)

    def spend(self) -> Moment:
        """Give the next moment away."""
        moment = self.first()
        self._moments.remove(moment)
        return moment

    def lose(self, now: float) -> None:
        """Give up what was missed."""
        self._moments = [one for one in self._moments if one.at >= now - LATE]

    def clear(self) -> None:
        """Give up all."""
        self._moments.clear()

    def _put_off(self) -> None:
        moved = (replace(one, at=max(one.due, self._free(one))) for one in self._moments)
        self._moments = [one for one in moved if one.at <= one.due + LATE]

    def _free(self, moment: Moment) -> float:
        return self._free_at.get(self.place(moment.number), moment.due)
