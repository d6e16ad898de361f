"""Grammar of which part of a month, a quarter or a year: "cuối", "tuần 2 và 4", "ngày 20"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from broadcasts.timing.calendar import (
    Pick,
    exact_day,
    half,
    nth,
    run,
    third,
    weekdays,
    weeks_of_month,
)
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.models import Per, Period
from broadcasts.timing.places import UNITS, number_after, weekday
from broadcasts.timing.vocabulary import Kind

_ENDS: Final = (Kind.FIRST, Kind.MIDDLE, Kind.LAST)
_BOUNDING: Final = (Kind.BEFORE, Kind.LATEST)
_ALL: Final = frozenset({Kind.MONTH, Kind.QUARTER, Kind.YEAR})


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
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

    def each(self) -> Iterator[Portion]:
        """Give the parts one by one: of "tuần 2 và 4" there are two."""
        return (replace(self, pick=pick, more=()) for pick in (self.pick, *self.more))


@dataclass(frozen=True, slots=True)
class Picks:
    """Chooses at most one part of each unit."""

    pick: Pick

    def __call__(self, unit: Period) -> tuple[Period, ...]:
        """Give that part, if there is one."""
        found = self.pick(unit)
        return (found,) if found else ()


def _third(c: Cursor) -> Portion | None:
    token = c.take(*_ENDS)
    return (
        Portion(pick=third(_ENDS.index(token.kind)), parents=_ALL, vague=True) if token else None
    )


def _half(c: Cursor) -> Portion | None:
    token = c.take(Kind.FIRST, Kind.LAST) if c.take(Kind.HALF_OF) else None
    return Portion(pick=half(later=token.kind is Kind.LAST), parents=_ALL) if token else None


def _week(c: Cursor) -> Portion | None:
    if not c.take(Kind.WEEK):
        return None
    parents = frozenset({Kind.MONTH, Kind.QUARTER, Kind.YEAR})
    end = c.take(Kind.FIRST, Kind.LAST)
    if end:
        pick = run(1, Per.WEEK, last=end.kind is Kind.LAST)
        return Portion(pick=pick, parents=parents, alone=True)
    c.take(Kind.WEEKDAY_HEAD)
    first = number_after(c)
    if first is None:
        return None
    last = c.attempt(_far_number) or first
    more = []
    while listed := c.attempt(_next_number):
        more.append(weeks_of_month(listed, listed))
    pick, parents = weeks_of_month(first, last), frozenset({Kind.MONTH})
    return Portion(pick=pick, parents=parents, vague=True, more=tuple(more), alone=True)


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


def _month(c: Cursor) -> Portion | None:
    parents = frozenset({Kind.QUARTER, Kind.YEAR})
    return _unit_by_place(c, Kind.MONTH, parents)


def _quarter(c: Cursor) -> Portion | None:
    return _unit_by_place(c, Kind.QUARTER, frozenset({Kind.YEAR}))


def _unit_by_place(c: Cursor, unit: Kind, parents: frozenset[Kind]) -> Portion | None:
    if not c.take(unit):
        return None
    per = UNITS[unit]
    end = c.take(*_ENDS)
    if end and end.kind is not Kind.MIDDLE:
        pick = run(1, per, last=end.kind is Kind.LAST)
        return Portion(pick=pick, parents=parents, size=per)
    if end:
        return Portion(pick=nth(2, per), parents=frozenset({Kind.QUARTER}), size=per)
    number = number_after(c) if c.take(Kind.WEEKDAY_HEAD) else None
    return None if number is None else Portion(pick=nth(number, per), parents=parents, size=per)


def _run(c: Cursor) -> Portion | None:
    number = c.take(Kind.NUMBER, Kind.NUMERAL)
    unit = c.take(Kind.DAY, *UNITS)
    end = c.take(Kind.FIRST, Kind.LAST)
    if not number or not unit or not end:
        return None
    per = UNITS.get(unit.kind)
    pick = run(number.value, per, last=end.kind is Kind.LAST)
    return Portion(pick=pick, parents=_ALL - {unit.kind})


def _day_by_place(c: Cursor) -> Portion | None:
    end = c.take(Kind.FIRST, Kind.LAST) if c.take(Kind.DAY) else None
    return Portion(pick=run(1, None, last=end.kind is Kind.LAST), parents=_ALL) if end else None


def _day(c: Cursor) -> Portion | None:
    named = c.take(Kind.DAY) or (c.sees(*_BOUNDING, ahead=-1) and c.ahead_is(_of_each_month))
    number = c.take(Kind.NUMBER, Kind.NUMERAL) if named else None
    if not number or (c.sees(Kind.SLASH) and c.sees(Kind.NUMBER, ahead=1)):
        return None
    return Portion(pick=exact_day(number.value), parents=frozenset({Kind.MONTH}), day=number.value)


def _of_each_month(c: Cursor) -> bool | None:
    """Tell of "trước 25 hằng tháng" that the number is a day's."""
    each = c.take(Kind.NUMBER) and c.take(Kind.EACH)
    return True if each and c.take(Kind.MONTH) else None


def _weekday(c: Cursor) -> Portion | None:
    c.take(Kind.DAY)
    number = weekday(c)
    if number is None:
        return None
    end = c.take(Kind.FIRST, Kind.LAST)
    parents = {Kind.MONTH} if end else {Kind.WEEK}
    last = bool(end) and end.kind is Kind.LAST  # type: ignore[union-attr]
    return Portion(
        pick=_one_weekday(number, last=last), parents=frozenset(parents), weekday=number
    )


def _one_weekday(number: int, *, last: bool) -> Pick:
    def pick(stretch: Period) -> Period | None:
        found = weekdays((number,))(stretch)
        return found[-1 if last else 0] if found else None

    return pick


HEADS: Final = (_weekday, _third, _half, _week, _month, _quarter, _run, _day_by_place, _day)


def portion(c: Cursor) -> Portion | None:
    """Read which part is meant, the first way that fits; of what, is for others to read."""
    return next(filter(None, map(c.attempt, HEADS)), None)
