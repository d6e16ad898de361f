"""Grammar of what follows in a list by its number alone: the 6 of "tháng 3, 6"."""

from __future__ import annotations

from typing import Final

from broadcasts.timing.calendar import days, weekdays
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.cutting import Token
from broadcasts.timing.models import Per
from broadcasts.timing.parts import Dated, Place, Repeating
from broadcasts.timing.places import dated_month, dated_quarter, year_after
from broadcasts.timing.portions import Picks
from broadcasts.timing.vocabulary import Kind

_NOT_A_MONTH: Final = (
    Kind.COUNTER, Kind.WORD, Kind.SIZE, Kind.MEASURE, Kind.MONTH, Kind.REPORT, Kind.WEEK, Kind.DAY,
    Kind.PERCENT, Kind.QUARTER,
)  # fmt: skip


def short_place(c: Cursor, before: Place | None) -> Place | None:
    """Read what follows in a list by its number alone: the 6 of "tháng 3, 6"."""
    return c.attempt(lambda c: _short_place(c, before))


def _short_place(c: Cursor, before: Place | None) -> Place | None:
    number = c.take(Kind.NUMBER, Kind.NUMERAL, Kind.ROMAN)
    if number is None or number.digits > 2 or _counts(c, number):  # noqa: PLR2004 - no year
        return None
    if c.sees(Kind.SLASH) and not _year_follows(c):
        return None
    return _like(c, number.value, before)


def _counts(c: Cursor, number: Token) -> bool:
    """Tell of the 02 of "tháng 6, 02 hội nghị"; Roman numbers count nothing."""
    return number.kind is not Kind.ROMAN and c.sees(*_NOT_A_MONTH)


def _like(c: Cursor, number: int, before: Place | None) -> Place | None:
    match before:
        case Dated(size=Per.MONTH, sliced=False):
            return dated_month(c, number)
        case Dated(size=Per.QUARTER, sliced=False):
            return dated_quarter(c, number)
        case Repeating(per=Per.MONTH, number=int()):
            return Repeating(per=Per.MONTH, pick=Picks(days(number, number)), number=number)
        case Repeating(per=Per.WEEK, number=int()) if 2 <= number <= 7:  # noqa: PLR2004
            return Repeating(per=Per.WEEK, pick=weekdays((number - 2,)), number=number - 2)
        case _:
            return None


def _year_follows(c: Cursor) -> bool:
    return c.ahead_is(year_after)
