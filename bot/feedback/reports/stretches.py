"""The stretches of time that are reported on, by Vietnamese days.

Plans ask for months, quarters, halves, nine months and years. Reports on administrative reform are
closed on 14 December, so their year begins on 15 December of the year before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from broadcasts.timing import Period

A_DAY: Final = timedelta(days=1)
DECEMBER: Final = 12
# The last day of a year of administrative reform, in December.
REFORM_CLOSES: Final = 14
FIRST_YEAR, LAST_YEAR = 2000, 2999


class Length(StrEnum):
    """What sort of stretch; the value is how its code begins after the year."""

    MONTH = ""
    QUARTER = "Q"
    HALF = "H"
    NINE_MONTHS = "9M"
    YEAR = "year"
    REFORM_YEAR = "CCHC"


# In how many parts a year has each, and how many months one lasts.
PARTS: Final = {Length.MONTH: 12, Length.QUARTER: 4, Length.HALF: 2}
NINE: Final = 9


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of ``year``; ``part`` counts months, quarters and halves from 1."""

    kind: Length
    year: int
    part: int = 1

    @property
    def code(self) -> str:
        """Give it as it is typed: 2026-09, 2026-Q3, 2026-H1, 2026-9M, 2026, 2026-CCHC."""
        match self.kind:
            case Length.YEAR:
                return f"{self.year}"
            case Length.MONTH:
                return f"{self.year}-{self.part:02}"
            case Length.QUARTER | Length.HALF:
                return f"{self.year}-{self.kind}{self.part}"
            case _:
                return f"{self.year}-{self.kind}"

    @property
    def days(self) -> Period:
        """Give its first and its last day."""
        if self.kind is Length.REFORM_YEAR:
            closes = date(self.year, DECEMBER, REFORM_CLOSES)
            return Period(closes.replace(year=self.year - 1) + A_DAY, closes)
        first, last = self._months
        after = date(self.year + last // DECEMBER, last % DECEMBER + 1, 1)
        return Period(date(self.year, first, 1), after - A_DAY)

    @property
    def before(self) -> Stretch:
        """Give the one before it; of nine months and of years that is the last year's."""
        if self.part > 1:
            return replace(self, part=self.part - 1)
        return replace(self, year=self.year - 1, part=PARTS.get(self.kind, 1))

    @property
    def year_before(self) -> Stretch:
        """Give the same stretch of the year before."""
        return replace(self, year=self.year - 1)

    @property
    def _months(self) -> tuple[int, int]:
        if self.kind not in PARTS:
            return 1, NINE if self.kind is Length.NINE_MONTHS else DECEMBER
        long = DECEMBER // PARTS[self.kind]
        return (self.part - 1) * long + 1, self.part * long


def stretch_of(code: str) -> Stretch | None:
    """Read a code; nothing for what is none."""
    found = re.fullmatch(r"(\d{4})(?:-(Q|H|)(\d{1,2})|-(9M|CCHC))?", code.strip(), re.ASCII)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    year, kind, part = int(found[1]), found[2], found[3]
    if part is None:
        return Stretch(Length(found[4] or "year"), year)
    read = Stretch(Length(kind), year, int(part))
    return read if 1 <= read.part <= PARTS[read.kind] else None


def latest(today: date) -> Stretch:
    """Give the quarter that ended last."""
    return quarter_of(today).before


def quarter_of(day: date) -> Stretch:
    """Give the quarter a day is in."""
    return Stretch(Length.QUARTER, day.year, (day.month + 2) // 3)


def offered(today: date) -> tuple[Stretch, ...]:
    """Give what is proposed, newest first: this year as far as it has begun, and the last."""
    every = [
        Stretch(kind, year, part)
        for year in (today.year + 1, today.year, today.year - 1)
        for kind in Length
        for part in range(1, PARTS.get(kind, 1) + 1)
    ]
    begun = [one for one in every if one.days.start <= today]
    return tuple(sorted(begun, key=lambda one: (one.days.end, one.days.start), reverse=True))
