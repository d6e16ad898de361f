"""An office's working time: minutes between moments, moments by minutes and by working days.

Moments are aware and come back as UTC; seconds are cut off, and what is due is due at the end of
a minute. An hour of a closed office is none: lunch, holidays and closures are not counted, a
Saturday is when the hours name it or when it is worked instead of another day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, Self

from bot.clock import VIETNAM
from bot.feedback.spans import Spans, minute_of, moment_of
from bot.officials.hours import DayKnown, spans
from knowledge.models import OpeningHours

# An office that does not work again within so many years never does.
AHEAD: Final = 2
A_YEAR: Final = timedelta(days=366)
A_WEEK: Final = tuple(date(2026, 11, 16 + ahead) for ahead in range(7))


class WorkingTime:
    """When one office works; made once and asked a hundred thousand times."""

    def __init__(self, hours: Sequence[OpeningHours], known: DayKnown) -> None:
        """Take the opening hours, and what is known of a day beside its place in the week."""
        self._hours, self._known = tuple(hours), known
        self._spans: Spans | None = None

    @classmethod
    def of(cls, hours: Sequence[OpeningHours], known: DayKnown) -> Self | None:
        """Give the working time; nothing of an office whose hours nobody has told, or can read."""
        told = any(any(spans(hours, lambda _: None, day)) for day in A_WEEK)
        return cls(hours, known) if told else None

    def minutes_between(self, begin: datetime, end: datetime) -> int:
        """Give the minutes worked from ``begin`` to ``end``, negative when ``end`` is earlier."""
        within = self._within(begin, end)
        return within.worked(minute_of(end)) - within.worked(minute_of(begin))

    def add_minutes(self, at: datetime, number: int) -> datetime | None:
        """Give when ``number`` minutes are worked from ``at`` on: ``at`` itself for none.

        Nothing when the office does not work so long within ``AHEAD`` years.
        """
        begin = minute_of(at)
        if number < 1:
            return moment_of(begin).astimezone(UTC)
        return self._first(at, lambda within: within.end_of(within.worked(begin) + number))

    def minutes_before(self, at: datetime, number: int) -> datetime | None:
        """Give the earliest moment from which ``number`` minutes are worked until ``at``.

        Nothing when the office had not worked so long in the year before.
        """
        end, within = minute_of(at), self._within(at - A_YEAR, at)
        found = within.end_of(within.worked(end) - number)
        return moment_of(found).astimezone(UTC) if found is not None else None

    def days_between(self, after: date, until: date) -> int:
        """Count the working days after one day until another, the latter included."""
        days = self._within(_midnight(after), _midnight(until)).days
        return bisect_right(days, until.toordinal()) - bisect_right(days, after.toordinal())

    def end_from(self, day: date) -> datetime | None:
        """Give when working time ends on ``day``, or on the first working day after it."""
        return self.nth_working_day(day - timedelta(days=1), 1)

    def nth_working_day(self, after: date, number: int) -> datetime | None:
        """Give when working time ends on the ``number``-th working day after ``after``.

        That day itself is not counted, as the Civil Code counts terms.
        """
        told = after.toordinal()
        return self._first(_midnight(after), lambda within: within.close_of(told, number))

    def is_expected(self, begin: datetime, end: datetime) -> bool:
        """Tell whether a day off whose notice is still to come lies from ``begin`` to ``end``."""
        doubtful = self._within(begin, end).doubtful
        first, last = (one.astimezone(VIETNAM).toordinal() for one in (begin, end))
        return bisect_right(doubtful, last) > bisect_right(doubtful, first - 1)

    def _within(self, *moments: datetime) -> Spans:
        """Give the spans of the years of ``moments`` and of all years asked about before."""
        years = [one.astimezone(VIETNAM).year for one in moments]
        laid = self._spans
        if laid is None or any(year not in laid.years for year in years):
            asked = [*years, *(laid.years if laid else ())]
            laid = Spans.of(self._hours, self._known, range(min(asked), max(asked) + 1))
            self._spans = laid
        return laid

    def _first(self, at: datetime, look: Callable[[Spans], int | None]) -> datetime | None:
        """Give what ``look`` finds in the year of ``at`` or in one of those ``AHEAD``."""
        for ahead in range(AHEAD + 1):
            found = look(self._within(at, at + ahead * A_YEAR))
            if found is not None:
                return moment_of(found).astimezone(UTC)
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), VIETNAM)
