"""Grammar of one place in the calendar: "quý II/2024", "ngày 15 tháng 6", "cuối mỗi quý"."""

from __future__ import annotations

from functools import partial
from typing import Final

from broadcasts.text import mark_key, plain
from broadcasts.timing.calendar import day_of, months_of, quarter_of, year_of
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.cutting import Token
from broadcasts.timing.models import Per, Period
from broadcasts.timing.parts import Dated
from broadcasts.timing.vocabulary import Kind

UNITS: Final = {
    Kind.WEEK: Per.WEEK, Kind.MONTH: Per.MONTH, Kind.QUARTER: Per.QUARTER, Kind.YEAR: Per.YEAR,
}  # fmt: skip
YEAR_DIGITS: Final = 4
_MONTHS_OF_A_YEAR: Final = 12
# "tháng năm", "thứ tư" and, without marks, "thu sau": numbers that are other words elsewhere.
_ALSO_NUMBERS: Final = {"nam": 5, "tu": 4}


def number_after(c: Cursor) -> int | None:
    """Read the number of a month, a quarter or a day of the week."""
    token = c.take(Kind.NUMBER, Kind.NUMERAL, Kind.ROMAN)
    if token:
        return token.value if token.digits < YEAR_DIGITS else None
    token = c.peek()
    value = _ALSO_NUMBERS.get(plain(token.text)) if token else None
    if value is None or c.sees(Kind.NUMBER, *UNITS, Kind.DAY, ahead=1):
        return None
    c.at += 1
    return value


def year_after(c: Cursor) -> int | None:
    """Read the year that follows a month or a quarter: "/2024", "năm 2024", "/24"."""
    return c.attempt(_year_after)


def _year_after(c: Cursor) -> int | None:
    if not (c.sees(Kind.COMMA) and c.sees(Kind.YEAR, ahead=1) and c.take(Kind.COMMA)):
        slashed = c.take(Kind.SLASH)
        if not slashed:
            c.take(Kind.DASH, Kind.OF)
    else:
        slashed = None
    c.take(Kind.YEAR)
    token = c.take(Kind.NUMBER)
    if token is None:
        return None
    short = bool(slashed) and token.digits == 2 and token.value > _MONTHS_OF_A_YEAR  # noqa: PLR2004
    if short:
        return 2000 + token.value
    return token.value if token.digits == YEAR_DIGITS else None


def whole_year(c: Cursor) -> Dated | None:
    """Read "năm 2024" or "2024"."""
    bare = not c.take(Kind.YEAR)
    # The year of "Kế hoạch 2024" is a name's.
    before = c.peek(-1) if bare else None
    named = before and before.kind in (Kind.WORD, Kind.SLASH) and not before.stage
    token = c.take(Kind.NUMBER)
    if named or token is None or token.digits != YEAR_DIGITS:
        return None
    return Dated(make=_safe_year, year=token.value, size=Per.YEAR)


def plan_year() -> Dated:
    """Give the year of the plan."""
    return Dated(make=_safe_year, size=Per.YEAR)


def _safe_year(year: int) -> Period | None:
    return year_of(year) if 1 <= year <= 9998 else None  # noqa: PLR2004 - what a date can hold


def month(c: Cursor) -> Dated | None:
    """Read "tháng 6/2024"."""
    if not c.take(Kind.MONTH):
        return None
    c.take(Kind.COLON)
    number = number_after(c)
    return dated_month(c, number) if number is not None else None


def dated_month(c: Cursor, number: int) -> Dated:
    """Give a month whose number was read; its year may follow."""
    make = partial(_months, number)
    return Dated(make=make, year=year_after(c), size=Per.MONTH)


def _months(number: int, year: int) -> Period | None:
    return months_of(year, number, number) if _safe_year(year) else None


def quarter(c: Cursor) -> Dated | None:
    """Read "quý II/2024"."""
    named = c.take(Kind.QUARTER) or _bare_quarter(c)
    if not named:
        return None
    c.take(Kind.WEEKDAY_HEAD, Kind.COLON)
    number = number_after(c)
    return dated_quarter(c, number) if number is not None else None


def _bare_quarter(c: Cursor) -> Token | None:
    """Read the "quy" of "quy II", which is another word elsewhere."""
    token = c.peek()
    bare = token and token.kind is Kind.WORD and plain(token.text) == "quy"
    return c.take(Kind.WORD) if bare and c.sees(Kind.ROMAN, Kind.NUMBER, ahead=1) else None


def dated_quarter(c: Cursor, number: int) -> Dated:
    """Give a quarter whose number was read; its year may follow."""
    return Dated(make=partial(_quarter, number), year=year_after(c), size=Per.QUARTER)


def _quarter(number: int, year: int) -> Period | None:
    return quarter_of(year, number) if _safe_year(year) else None


def date(c: Cursor) -> Dated | None:
    """Read "ngày 15/6", "15-6-2024", "15 tháng 6 năm 2024", and "6/2024", which is a month."""
    # "…/10/2026" is a date whose day was left open, no month.
    left_open = c.sees(Kind.SLASH, ahead=-1)
    said_day = c.take(Kind.DAY)
    first = c.take(Kind.NUMBER) or (said_day and c.take(Kind.NUMERAL))
    if not first or first.digits >= YEAR_DIGITS:
        return None
    if c.take(Kind.MONTH):
        number = number_after(c)
        return None if number is None else _day(first.value, number, year_after(c))
    sign = c.take(Kind.SLASH, Kind.DASH)
    second = c.take(Kind.NUMBER)
    if not sign or not second or second.digits not in (1, 2, YEAR_DIGITS):
        return None
    if second.digits == YEAR_DIGITS:
        is_month = sign.kind is Kind.SLASH and not said_day and not left_open
        return _month_of(first.value, second.value) if is_month else None
    return _rest_of_date(c, (first.value, second.value), sign.kind)


def _rest_of_date(c: Cursor, named: tuple[int, int], sign: Kind) -> Dated | None:
    year = c.attempt(lambda c: _third(c, sign))
    if year is None:
        if sign is Kind.DASH or (c.sees(Kind.SLASH, *UNITS) and not c.sees(Kind.YEAR)):
            return None
        year = year_after(c)
    return _day(*named, year)


def _third(c: Cursor, sign: Kind) -> int | None:
    token = c.take(Kind.NUMBER) if c.take(sign) else None
    if token is None:
        return None
    if token.digits == 2 and sign is Kind.SLASH:  # noqa: PLR2004 - "15/6/24"
        return 2000 + token.value
    return token.value if token.digits == YEAR_DIGITS else None


def _day(day: int, month: int, year: int | None) -> Dated:
    return Dated(make=partial(_make_day, day, month), year=year, month=partial(_months, month))


def _make_day(day: int, month: int, year: int) -> Period | None:
    return day_of(year, month, day)


def _month_of(number: int, year: int) -> Dated:
    return Dated(make=partial(_months, number), year=year, size=Per.MONTH)


def named_day(c: Cursor) -> Dated | None:
    """Read "Ngày Pháp luật", and "Ngày Pháp luật 09/11", where its date is told beside."""
    token = c.take(Kind.NAMED_DAY)
    if token is None:
        return None
    day, month = token.value % 100, token.value // 100
    dated = [c.peek(0), c.peek(1), c.peek(2)]
    if [one.value if one else 0 for one in dated] == [day, 0, month] and c.sees(
        Kind.SLASH, ahead=1
    ):
        c.at += 3
    return _day(day, month, year_after(c))


def weekday(c: Cursor) -> int | None:
    """Read a day of the week; Monday is 0."""
    token = c.take(Kind.WEEKDAY)
    if token:
        return token.value
    if not c.take(Kind.WEEKDAY_HEAD):
        return None
    number = _friday(c) or number_after(c)
    return number - 2 if number and 2 <= number <= 7 else None  # noqa: PLR2004 - thứ Hai to Bảy


def _friday(c: Cursor) -> int | None:
    token = c.peek()
    if token and token.kind is Kind.AFTER and mark_key(token.text) == "sau":
        c.at += 1
        return 6
    return None
