"""The words of timing: when an entry of a plan is to be done, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from broadcasts.errors import BroadcastError


class YearOutOfRange(BroadcastError):
    """The year of the plan is none a plan can have."""


class TimingKind(StrEnum):
    """In which way a phrase tells the time."""

    CONTINUOUS = "continuous"
    ONCE_BY_DEADLINE = "once_by_deadline"
    WINDOW = "window"
    RECURRING = "recurring"
    FIXED_DATE = "fixed_date"
    UNCLEAR = "unclear"


class Per(StrEnum):
    """The stretch of time a count is for."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def holds(self, other: Period) -> bool:
        """Tell whether ``other`` lies within."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Period) -> bool:
        """Tell whether some day belongs to both."""
        return self.start <= other.end and other.start <= self.end

    def within(self, other: Period) -> Period | None:
        """Give the days that belong to both."""
        if not self.meets(other):
            return None
        return Period(max(self.start, other.start), min(self.end, other.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """When an entry is to be done.

    ``start`` and ``end`` are both included, but the day of ``end`` is not when ``before`` is true
    ("trước 15/12"). ``start`` is unknown for most deadlines, both are when ``kind`` is unclear.
    ``count`` times are wished for each ``per``; without ``per`` they are wished in all.
    ``periods`` are the single stretches in each of which it is done, where the phrase lists them
    or tells the day ("tháng 3, 6, 9", "ngày 20 hằng tháng"); then ``before`` is about their ends.
    With ``periods`` the count is already in them: one occurrence each, or with ``per`` the unit of
    each of them ``count`` of them. ``note`` is Vietnamese: what was not taken literally, or what a
    person has to state.
    """

    kind: TimingKind
    start: date | None = None
    end: date | None = None
    count: int | None = None
    per: Per | None = None
    note: str = ""
    periods: tuple[Period, ...] = ()
    before: bool = False
