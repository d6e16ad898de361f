"""What became of some cases, in numbers, and what follows from those."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from broadcasts.documents.numbers import percent

SATISFIED: Final = 4
AN_HOUR: Final = 60
TENTH: Final = Decimal("0.1")
NINE_TENTHS: Final = (9, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What became of some cases.

    ``carried`` were open when the window began. Of the ``answered``, those without a limit are
    neither ``on_time`` nor ``late``. ``waiting`` are open within their time or without a limit.
    ``minutes`` are those of every answered case that are known, ascending; ``levels`` how often
    each of ``LEVELS`` was given for the answered ones.
    """

    received: int
    carried: int
    answered: int
    on_time: int
    late: int
    dropped: int
    waiting: int
    overdue: int
    reopened: int
    minutes: tuple[int, ...]
    levels: tuple[int, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there was no case at all."""
        return not self.received + self.carried

    @property
    def undated(self) -> int:
        """Give how many were answered that had no limit."""
        return self.answered - self.on_time - self.late

    @property
    def timely(self) -> Decimal | None:
        """Give the share answered on time of those that had a limit, in per cent."""
        return _share(self.on_time, self.on_time + self.late)

    @property
    def median(self) -> Decimal | None:
        """Give the median working hours until the answer, to one decimal."""
        count = len(self.minutes)
        if not count:
            return None
        return _hours(self.minutes[(count - 1) // 2] + self.minutes[count // 2], 2)

    @property
    def most(self) -> Decimal | None:
        """Give within how many working hours nine of ten were answered (nearest rank)."""
        part, whole = NINE_TENTHS
        rank = -(-len(self.minutes) * part // whole)
        return _hours(self.minutes[rank - 1], 1) if rank else None

    @property
    def rated(self) -> int:
        """Give how many said how satisfied they are."""
        return sum(self.levels)

    @property
    def satisfied(self) -> Decimal | None:
        """Give the share that is satisfied or very satisfied, in per cent."""
        return _share(sum(self.levels[SATISFIED - 1 :]), self.rated)


def _share(part: int, whole: int) -> Decimal | None:
    return percent(part, whole) if whole else None


def _hours(minutes: int, of: int) -> Decimal:
    return (Decimal(minutes) / (AN_HOUR * of)).quantize(TENTH, ROUND_HALF_UP)
