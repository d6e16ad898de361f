"""Grammar of how often: "02 số/tháng", "mỗi quý một lần", "định kỳ 6 tháng, năm"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from broadcasts.text import plain
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.cutting import Token
from broadcasts.timing.models import Per
from broadcasts.timing.parts import Amount, Cadence, Daily, Part, Trouble
from broadcasts.timing.places import UNITS, YEAR_DIGITS
from broadcasts.timing.vocabulary import Kind

_BOUNDS: Final = (Kind.AT_LEAST, Kind.AT_MOST, Kind.ABOUT, Kind.LATEST)
_NOUNS: Final = (
    Kind.WORD, Kind.LINK,
    Kind.COUNTER, Kind.SIZE, Kind.OF, Kind.COMMA, Kind.BOTH, Kind.DASH, Kind.REPORT,
    Kind.AT_LEAST, Kind.AT_MOST, Kind.FOCUS, Kind.EITHER, Kind.HEAD, Kind.COLON,
)  # fmt: skip
_MOST_NOUNS: Final = 16
# "Tháng 2 lần" counts; "tháng 6 hội nghị" may be June.
_OFTEN: Final = frozenset(
    {"lan", "ky", "ki", "luot", "so", "bai", "tin", "buoi", "tin bai", "cuoc"}
)
# "Dưới 3 tin/tháng" is two or fewer, "hơn 2" three or more: nobody said which.
_COMPARING: Final = frozenset({"duoi", "hon", "tren"})
_LENGTHS: Final = {Per.MONTH: 1, Per.QUARTER: 3, Per.YEAR: 12}
_BY_LENGTH: Final = {1: Per.MONTH, 3: Per.QUARTER, 6: Per.HALF, 12: Per.YEAR}
_YEAR: Final = 12


def cadence(c: Cursor) -> Part | None:
    """Read how often, where a count or "lần" says so."""
    found = c.attempt(_count_first)
    return found or c.attempt(_unit_first)


def every(number: int, unit: Kind, wished: Amount | None) -> Part:
    """Give the cadence of so many times every so many units."""
    found = wished or Amount(count=None)
    if found.count == 0 or number == 0:
        return Trouble(note="odd", words=str(found.count))
    if unit is Kind.DAY:
        return Daily(count=found.count) if number == 1 else Trouble(note="odd", words=str(number))
    if unit is Kind.WEEK and number > 1:
        # Two weeks fill no month and no year evenly; which weeks a person must say.
        return Trouble(note="weeks", words=str(number))
    if unit is Kind.WEEK:
        return _cadence(found, Per.WEEK)
    return _by_months(_LENGTHS[UNITS[unit]] * number, found)


def _by_months(length: int, wished: Amount) -> Part:
    if length in _BY_LENGTH:
        return _cadence(wished, _BY_LENGTH[length])
    if length > _YEAR or _YEAR % length:
        return Trouble(note="odd", words=str(length))
    times = (wished.count or 1) * _YEAR // length
    return Cadence(count=times, per=Per.YEAR, months=length, bound=wished.bound)


def _cadence(wished: Amount, per: Per) -> Cadence:
    return Cadence(count=wished.count, per=per, bound=wished.bound, most=wished.most)


def amount(c: Cursor) -> Amount | None:
    """Read "ít nhất 02", "2-3", "01 (một)"."""
    bound = c.take(*_BOUNDS)
    if c.sees(Kind.FROM) and c.sees(Kind.NUMBER, ahead=1):
        c.at += 1
    number = _number(c)
    if number is None:
        return None
    c.attempt(lambda c: _said_again(c, number))
    most = c.attempt(_most)
    if most is not None and most <= number:
        return None
    return Amount(count=number, bound=_bound(bound.kind if bound else None), most=most)


def _bound(kind: Kind | None) -> Kind | None:
    return Kind.AT_MOST if kind is Kind.LATEST else kind


def _number(c: Cursor) -> int | None:
    token = c.take(Kind.NUMBER, Kind.NUMERAL)
    if token:
        return token.value if token.digits < YEAR_DIGITS else None
    if c.sees(Kind.YEAR) and c.sees(Kind.COUNTER, ahead=1):
        c.at += 1
        return 5
    return None


def _said_again(c: Cursor, number: int) -> bool | None:
    c.take(Kind.OPEN)
    token = c.take(Kind.NUMERAL, Kind.NUMBER)
    same = token and token.value == number and c.take(Kind.CLOSE)
    return True if same else None


def _most(c: Cursor) -> int | None:
    return _number(c) if c.take(Kind.DASH, Kind.TO, Kind.EITHER) else None


def _count_first(c: Cursor) -> Part | None:
    compared = c.peek(-1)
    found = amount(c)
    if found is None:
        return None
    bound, start = found.bound, c.at
    for _ in range(_MOST_NOUNS):
        unit = c.attempt(_per_unit) if c.at > start or c.sees(Kind.SLASH) else None
        if unit:
            number, kind = unit
            if number > 1 and c.since(start).startswith("/"):
                return Trouble(note="odd", words=f"{found.count} {c.since(start)}")
            c.attempt(_per_others)
            if compared and plain(compared.text) in _COMPARING:
                return Trouble(note="how_many", words=f"{compared.text} {found.count}")
            said = Amount(count=found.count, bound=bound, most=found.most)
            return every(number, kind, said)
        token = c.take(*_NOUNS) or c.take(Kind.SLASH)
        if token is None:
            return None
        if token.kind in (Kind.AT_LEAST, Kind.AT_MOST):
            bound = token.kind
    return None


def _per_unit(c: Cursor) -> tuple[int, Kind] | None:
    """Read "/03 tháng", "mỗi quý", "một tuần", "trong 1 năm"."""
    often = _said_often(c.peek(-1))
    joined = c.take(Kind.SLASH, Kind.WITHIN)
    joined = c.take(Kind.EACH, Kind.ALONG) or joined
    token = c.take(Kind.NUMBER, Kind.NUMERAL)
    number = token.value if token else 1
    unit = c.take(Kind.DAY, *UNITS)
    if unit is None or c.sees(Kind.NUMBER, Kind.ROMAN, Kind.FIRST, Kind.LAST):
        return None
    if joined is None and not (token and often and unit.kind is not Kind.DAY):
        return None
    if joined and joined.kind is Kind.WITHIN and number > 1:
        return None
    return number, unit.kind


def _said_often(token: Token | None) -> bool:
    return token is not None and token.kind is Kind.COUNTER and plain(token.text) in _OFTEN


def _per_others(c: Cursor) -> bool | None:
    """Read the "/xã" of "2 lần/tuần/xã"."""
    found = c.take(Kind.SLASH) and c.take(Kind.WORD, Kind.SIZE, Kind.COUNTER)
    return True if found else None


def _unit_first(c: Cursor) -> Part | None:
    """Read "3 tháng/lần", "tháng 2 kỳ", "trung bình mỗi quý một lần"."""
    about = c.take(Kind.ABOUT)
    c.take(Kind.PERIODIC)
    each = c.take(Kind.EACH, Kind.ALONG)
    several = c.take(Kind.NUMBER, Kind.NUMERAL)
    unit = c.take(Kind.DAY, *UNITS)
    if unit is None:
        return None
    slash = c.take(Kind.SLASH, Kind.DASH)
    c.take(Kind.COMMA)
    found = c.attempt(amount)
    thing = c.take(Kind.COUNTER)
    if thing is None or not (found or slash):
        return None
    if not (each or slash or several) and plain(thing.text) not in _OFTEN:
        return None
    wished = found or Amount(count=1)
    if about:
        wished = replace(wished, bound=Kind.ABOUT)
    return every(several.value if several else 1, unit.kind, wished)


def loose_amount(c: Cursor) -> Amount | None:
    """Read "02 hội nghị", which counts for no stretch of time yet."""
    return c.attempt(_loose_amount)


def _loose_amount(c: Cursor) -> Amount | None:
    found = amount(c)
    thing = c.take(Kind.COUNTER, Kind.REPORT) if found else None
    if not found or not thing or not found.count:
        return None
    some = found.count == 1 and plain(thing.text) == "so" and not c.sees(Kind.SLASH)
    return None if some and c.sees(Kind.COUNTER, Kind.SIZE, Kind.WORD) else found
