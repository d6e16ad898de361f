"""Grammar of parts of a month, a quarter or a year: "cuối quý", "tuần 2 tháng 3", "ngày 20"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from broadcasts.text import plain
from broadcasts.timing.calendar import (
    Pick,
    days,
    exact_day,
    following,
    half,
    nth,
    run,
    third,
    weekdays,
    weeks_of_month,
)  # fmt: skip
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.cutting import Token
from broadcasts.timing.models import Per, Period
from broadcasts.timing.parts import Dated, Place, Repeating
from broadcasts.timing.places import (
    UNITS,
    dated_month,
    dated_quarter,
    month,
    number_after,
    plan_year,
    quarter,
    weekday,
    year_after,
)  # fmt: skip
from broadcasts.timing.vocabulary import Kind

_ENDS: Final = (Kind.FIRST, Kind.MIDDLE, Kind.LAST)
# "Các tháng 3, 6, 9" names months; "mỗi tháng 3 bài" counts articles.
SEVERAL: Final = frozenset({"cac", "nhung"})
_BOUNDING: Final = (Kind.BEFORE, Kind.LATEST)
_ALL: Final = frozenset({Kind.MONTH, Kind.QUARTER, Kind.YEAR})
_NOT_A_MONTH: Final = (
    Kind.COUNTER, Kind.WORD, Kind.SIZE, Kind.MEASURE, Kind.MONTH, Kind.REPORT, Kind.WEEK, Kind.DAY,
    Kind.PERCENT, Kind.QUARTER,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """Which part of what: ``day`` is a day of a month by number.

    ``alone`` when without a month it is a part of each ("01 buổi/tháng vào tuần cuối").
    """

    pick: Pick
    parents: frozenset[Kind]
    size: Per | None = None
    day: int | None = None
    weekday: int | None = None
    vague: bool = False
    more: tuple[Pick, ...] = ()
    alone: bool = False

    def each(self) -> Iterator[_Cut]:
        """Give the parts one by one: of "tuần 2 và 4" there are two."""
        return (replace(self, pick=pick, more=()) for pick in (self.pick, *self.more))


def several_parts(c: Cursor) -> bool | None:
    """Tell of "những tháng cuối năm", which does not say how many."""
    token = c.take(Kind.EACH)
    if token is None or plain(token.text) not in SEVERAL:
        return None
    found = _slice(c)
    return True if found and isinstance(found[0], Dated) else None


def sliced(c: Cursor) -> tuple[Place, ...] | None:
    """Read a part of something, of several ("cuối tháng 3, 6, 9") or of each ("cuối mỗi quý")."""
    each = bool(c.take(Kind.EACH))
    found = c.attempt(_slice)
    if not found:
        return None
    if not each:
        return found
    return tuple(replace(one, sure=True) if isinstance(one, Repeating) else one for one in found)


def _slice(c: Cursor) -> tuple[Place, ...] | None:
    for head in (_weekday, _third, _half, _week, _month, _quarter, _run, _day_by_place, _day):
        cut = c.attempt(head)
        if cut:
            wholes = c.attempt(lambda c, cut=cut: _parents(c, cut.parents))  # type: ignore[misc]
            if wholes:
                return tuple(_applied(one, whole) for whole in wholes for one in cut.each())
            return _alone(cut)
    return None


def _alone(cut: _Cut) -> tuple[Place, ...] | None:
    if cut.day is not None:
        pick = days(cut.day, cut.day)
        return (Repeating(per=Per.MONTH, pick=Picks(pick), number=cut.day),)
    if cut.alone:
        return tuple(Repeating(per=Per.MONTH, pick=Picks(one.pick)) for one in cut.each())
    if cut.weekday is not None and Kind.WEEK in cut.parents:
        chosen = weekdays((cut.weekday,))
        return (Repeating(per=Per.WEEK, pick=chosen, number=cut.weekday),)
    return None


def _applied(cut: _Cut, whole: Place) -> Place:
    if isinstance(whole, Repeating):
        pick = cut.pick if cut.day is None else days(cut.day, cut.day)
        number = cut.weekday if whole.per is Per.WEEK else cut.day
        # "Ngày 15 tháng cuối quý" is how orders on reports say it of every quarter.
        sure = whole.sure or (cut.day is not None and whole.per is Per.QUARTER)
        return replace(whole.cut(pick, number=number), sure=sure)
    return whole.cut(cut.pick, exact=cut.day is not None, size=cut.size, vague=cut.vague)


@dataclass(frozen=True, slots=True)
class Picks:
    """Chooses at most one part of each unit."""

    pick: Pick

    def __call__(self, unit: Period) -> tuple[Period, ...]:
        """Give that part, if there is one."""
        found = self.pick(unit)
        return (found,) if found else ()


def _third(c: Cursor) -> _Cut | None:
    token = c.take(*_ENDS)
    return _Cut(pick=third(_ENDS.index(token.kind)), parents=_ALL, vague=True) if token else None


def _half(c: Cursor) -> _Cut | None:
    token = c.take(Kind.FIRST, Kind.LAST) if c.take(Kind.HALF_OF) else None
    return _Cut(pick=half(later=token.kind is Kind.LAST), parents=_ALL) if token else None


def _week(c: Cursor) -> _Cut | None:
    if not c.take(Kind.WEEK):
        return None
    parents = frozenset({Kind.MONTH, Kind.QUARTER, Kind.YEAR})
    end = c.take(Kind.FIRST, Kind.LAST)
    if end:
        pick = run(1, Per.WEEK, last=end.kind is Kind.LAST)
        return _Cut(pick=pick, parents=parents, alone=True)
    c.take(Kind.WEEKDAY_HEAD)
    first = number_after(c)
    if first is None:
        return None
    last = c.attempt(_far_number) or first
    more = []
    while listed := c.attempt(_next_number):
        more.append(weeks_of_month(listed, listed))
    pick, parents = weeks_of_month(first, last), frozenset({Kind.MONTH})
    return _Cut(pick=pick, parents=parents, vague=True, more=tuple(more), alone=True)


def _far_number(c: Cursor) -> int | None:
    return _number_of_week(c) if c.take(Kind.DASH, Kind.TO) else None


def _next_number(c: Cursor) -> int | None:
    return _number_of_week(c) if c.take(Kind.COMMA, Kind.BOTH) else None


def _number_of_week(c: Cursor) -> int | None:
    c.take(Kind.WEEK)
    c.take(Kind.WEEKDAY_HEAD)
    number = number_after(c)
    # In "tuần 1, 15/6" the 15 is no week.
    return None if c.sees(Kind.SLASH) and c.sees(Kind.NUMBER, ahead=1) else number


def _month(c: Cursor) -> _Cut | None:
    parents = frozenset({Kind.QUARTER, Kind.YEAR})
    return _unit_by_place(c, Kind.MONTH, parents)


def _quarter(c: Cursor) -> _Cut | None:
    return _unit_by_place(c, Kind.QUARTER, frozenset({Kind.YEAR}))


def _unit_by_place(c: Cursor, unit: Kind, parents: frozenset[Kind]) -> _Cut | None:
    if not c.take(unit):
        return None
    per = UNITS[unit]
    end = c.take(*_ENDS)
    if end and end.kind is not Kind.MIDDLE:
        pick = run(1, per, last=end.kind is Kind.LAST)
        return _Cut(pick=pick, parents=parents, size=per)
    if end:
        return _Cut(pick=nth(2, per), parents=frozenset({Kind.QUARTER}), size=per)
    number = number_after(c) if c.take(Kind.WEEKDAY_HEAD) else None
    return None if number is None else _Cut(pick=nth(number, per), parents=parents, size=per)


def _run(c: Cursor) -> _Cut | None:
    number = c.take(Kind.NUMBER, Kind.NUMERAL)
    unit = c.take(Kind.DAY, *UNITS)
    end = c.take(Kind.FIRST, Kind.LAST)
    if not number or not unit or not end:
        return None
    per = UNITS.get(unit.kind)
    pick = run(number.value, per, last=end.kind is Kind.LAST)
    return _Cut(pick=pick, parents=_ALL - {unit.kind})


def _day_by_place(c: Cursor) -> _Cut | None:
    end = c.take(Kind.FIRST, Kind.LAST) if c.take(Kind.DAY) else None
    return _Cut(pick=run(1, None, last=end.kind is Kind.LAST), parents=_ALL) if end else None


def _day(c: Cursor) -> _Cut | None:
    named = c.take(Kind.DAY) or (c.sees(*_BOUNDING, ahead=-1) and c.ahead_is(_of_each_month))
    number = c.take(Kind.NUMBER, Kind.NUMERAL) if named else None
    if not number or (c.sees(Kind.SLASH) and c.sees(Kind.NUMBER, ahead=1)):
        return None
    return _Cut(pick=exact_day(number.value), parents=frozenset({Kind.MONTH}), day=number.value)


def _of_each_month(c: Cursor) -> bool | None:
    """Tell of "trước 25 hằng tháng" that the number is a day's."""
    each = c.take(Kind.NUMBER) and c.take(Kind.EACH)
    return True if each and c.take(Kind.MONTH) else None


def _weekday(c: Cursor) -> _Cut | None:
    c.take(Kind.DAY)
    number = weekday(c)
    if number is None:
        return None
    end = c.take(Kind.FIRST, Kind.LAST)
    parents = {Kind.MONTH} if end else {Kind.WEEK}
    last = bool(end) and end.kind is Kind.LAST  # type: ignore[union-attr]
    return _Cut(pick=_one_weekday(number, last=last), parents=frozenset(parents), weekday=number)


def _one_weekday(number: int, *, last: bool) -> Pick:
    def pick(stretch: Period) -> Period | None:
        found = weekdays((number,))(stretch)
        return found[-1 if last else 0] if found else None

    return pick


def _parents(c: Cursor, kinds: frozenset[Kind]) -> tuple[Place, ...] | None:
    c.skip(Kind.OF, Kind.WITHIN)
    if c.sees(*kinds, ahead=1):
        c.take(Kind.SLASH, Kind.COMMA)
    first = c.attempt(lambda c: _parent(c, kinds))
    if not first:
        return None
    found = list(first)
    while more := c.attempt(lambda c: _another(c, found[-1])):
        found.append(more)
    return tuple(found)


def _parent(c: Cursor, kinds: frozenset[Kind]) -> tuple[Place, ...] | None:
    if c.sees(*kinds):
        nested = c.attempt(_slice)
        if nested:
            return nested
    each = c.take(Kind.EACH)
    unit = c.peek()
    if unit is None or unit.kind not in kinds:
        return None
    if not each or plain(each.text) in SEVERAL:
        for rule in (month, quarter):
            known = c.attempt(rule)
            if known:
                return (known,)
    c.at += 1
    return _unnumbered(c, UNITS[unit.kind], sure=bool(each))


def _unnumbered(c: Cursor, per: Per, *, sure: bool) -> tuple[Place, ...] | None:
    if per is Per.YEAR:
        return (replace(plan_year(), year=year_after(c)),)
    if c.sees(Kind.NUMBER, Kind.ROMAN) and not sure:
        return None
    later = c.take(Kind.NEXT_ONE, Kind.AFTER)
    pick = following(per) if later else lambda unit: unit
    return (Repeating(per=per, pick=Picks(pick), sure=sure, whole=later is None),)


def _another(c: Cursor, before: Place) -> Place | None:
    if isinstance(before, Repeating) or before.size not in (Per.MONTH, Per.QUARTER):
        return None
    if not c.take(Kind.COMMA, Kind.BOTH):
        return None
    c.take(Kind.BOTH)
    short = short_place(c, before)
    if short:
        return short
    return month(c) if before.size is Per.MONTH else quarter(c)


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
