"""Grammar of units alone and lists of them: "hằng tháng", "quý, 6 tháng và năm"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from broadcasts.text import plain
from broadcasts.timing.cadences import every
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.models import Per
from broadcasts.timing.parts import Part, Reports, Trouble
from broadcasts.timing.places import UNITS, YEAR_DIGITS
from broadcasts.timing.vocabulary import Kind

_YEAR: Final = 12
_ENDS: Final = {
    Per.MONTH: frozenset(range(1, 13)),
    Per.QUARTER: frozenset({3, 6, 9, 12}),
    Per.YEAR: frozenset({12}),
    Per.WEEK: frozenset(range(1, 13)),
}
_SAYS_EACH: Final = (Kind.EACH, Kind.PERIODIC, Kind.ALONG)
_AFTER_A_UNIT: Final = (
    Kind.NUMBER, Kind.ROMAN, Kind.FIRST, Kind.MIDDLE, Kind.LAST, Kind.WEEKDAY_HEAD, Kind.AFTER,
    Kind.NEXT_ONE,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    ends: frozenset[int]
    number: int
    unit: Kind
    bare: bool = True
    said: frozenset[Kind] = frozenset()
    year: int | None = None


def units(c: Cursor) -> Part | None:
    """Read "hằng quý", "định kỳ 6 tháng", or a list of when reports are due."""
    return c.attempt(_units)


def _units(c: Cursor) -> Part | None:
    items = []
    item = c.attempt(_item)
    while item:
        items.append(item)
        item = c.attempt(_next_item)
    if not items or not any(item.bare for item in items):
        return None
    said = frozenset(kind for item in items for kind in item.said)
    if len(items) == 1:
        return _single(c, items[0], said)
    if not said and c.sees(Kind.WORD):
        return None
    return _listed(items, said)


def _single(c: Cursor, item: _Item, said: frozenset[Kind]) -> Part | None:
    if said & set(_SAYS_EACH):
        named = said == {Kind.ALONG} and c.sees(Kind.WORD)
        if named or (c.sees(Kind.NUMBER) and not _counts(c)):
            return None
        return every(item.number, item.unit, None)
    called = Kind.REPORT in said or c.ahead_is(_due)
    if not called or item.unit is Kind.DAY:
        return None
    return Reports(ends=item.ends, weak=True)


def _due(c: Cursor) -> bool | None:
    """Tell whether a deadline follows, as in "6 tháng (trước 15/6)"."""
    c.take(Kind.OPEN, Kind.COLON)
    return True if c.sees(Kind.BEFORE, Kind.LATEST) else None


def _counts(c: Cursor) -> bool:
    return c.sees(Kind.COUNTER, Kind.WORD, Kind.SIZE, Kind.REPORT, Kind.OPEN, Kind.DASH, ahead=1)


def _listed(items: list[_Item], said: frozenset[Kind]) -> Part:
    ends = frozenset(end for item in items for end in item.ends)
    if Kind.PERIODIC in said and _YEAR not in ends:
        return Trouble(note="periodic")
    weekly = Per.WEEK if any(item.unit is Kind.WEEK for item in items) else None
    years = tuple(item.year for item in items if item.year)
    return Reports(ends=ends, per=weekly, years=years)


def _next_item(c: Cursor) -> _Item | None:
    if not c.take(Kind.COMMA, Kind.BOTH, Kind.SLASH, Kind.DASH):
        return None
    c.take(Kind.BOTH)
    return _item(c)


def _item(c: Cursor) -> _Item | None:
    said = set()
    while token := c.take(*_SAYS_EACH, Kind.REPORT):
        said.add(token.kind)
    if Kind.PERIODIC in said:
        c.take(Kind.OPEN, Kind.COLON)
    found = c.attempt(_so_far) or c.attempt(_whole_year) or c.attempt(_bare)
    if found is None:
        return None
    return _Item(
        ends=found.ends, number=found.number, unit=found.unit, bare=found.bare,
        said=frozenset(said), year=found.year,
    )  # fmt: skip


def _so_far(c: Cursor) -> _Item | None:
    """Read "6 tháng", "9 tháng đầu năm", "quý I"."""
    number = c.take(Kind.NUMBER, Kind.NUMERAL)
    if number and c.take(Kind.MONTH):
        whole = c.take(Kind.FIRST) and c.take(Kind.YEAR)
        if c.sees(Kind.LAST, Kind.FIRST, Kind.COUNTER):
            return None
        ends = frozenset({min(number.value, _YEAR)})
        return _Item(ends=ends, number=number.value, unit=Kind.MONTH, bare=not whole)
    if number or not c.take(Kind.QUARTER):
        return None
    first = c.take(Kind.ROMAN, Kind.NUMBER)
    if not first or first.value != 1 or c.sees(Kind.COUNTER, Kind.SLASH):
        return None
    return _Item(ends=frozenset({3}), number=1, unit=Kind.QUARTER, bare=False)


def _whole_year(c: Cursor) -> _Item | None:
    always = c.take(Kind.ALWAYS)
    if always and plain(always.text) == "ca nam":
        return _Item(ends=_ENDS[Per.YEAR], number=1, unit=Kind.YEAR, bare=False)
    token = c.take(Kind.YEAR) and c.take(Kind.NUMBER)
    if not token or token.digits != YEAR_DIGITS:
        return None
    return _Item(ends=_ENDS[Per.YEAR], number=1, unit=Kind.YEAR, bare=False, year=token.value)


def _bare(c: Cursor) -> _Item | None:
    number = c.take(Kind.NUMBER, Kind.NUMERAL)
    unit = c.take(*UNITS, Kind.DAY)
    if unit is None or (number and unit.kind is Kind.MONTH):
        return None
    if c.sees(*_AFTER_A_UNIT) and not (c.sees(Kind.NUMBER) and _counts(c)):
        return None
    ends = _ENDS[UNITS[unit.kind]] if unit.kind in UNITS else frozenset()
    return _Item(ends=ends, number=number.value if number else 1, unit=unit.kind)
