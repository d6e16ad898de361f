"""The stretches of a year that are reported on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from broadcasts.timing import Period


class Term(StrEnum):
    """Quarters, six and nine months, the year: as the plans ask for reports."""

    FIRST = "q1"
    SECOND = "q2"
    THIRD = "q3"
    FOURTH = "q4"
    SIX_MONTHS = "m6"
    NINE_MONTHS = "m9"
    YEAR = "year"


_MONTHS: Final = {
    Term.FIRST: (1, 3),
    Term.SECOND: (4, 6),
    Term.THIRD: (7, 9),
    Term.FOURTH: (10, 12),
    Term.SIX_MONTHS: (1, 6),
    Term.NINE_MONTHS: (1, 9),
    Term.YEAR: (1, 12),
}
_LAST_DAYS: Final = {3: 31, 6: 30, 9: 30, 12: 31}


def span_of(term: Term, year: int) -> Period:
    """Give the days of a term."""
    first, last = _MONTHS[term]
    return Period(date(year, first, 1), date(year, last, _LAST_DAYS[last]))


def latest(today: date) -> Term:
    """Give the quarter that ended last, the first one while none has."""
    ended = (today.month - 1) // 3
    return (Term.FIRST, Term.FIRST, Term.SECOND, Term.THIRD)[ended]
