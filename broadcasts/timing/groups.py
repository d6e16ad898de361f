"""Grammar of places together: lists, stretches, and the words that bound by them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from broadcasts.text import plain
from broadcasts.timing.calendar import days, weekdays
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.models import Per
from broadcasts.timing.parts import Group, Place, Repeating, Role, Stretch, Trouble
from broadcasts.timing.places import (
    UNITS,
    date,
    month,
    named_day,
    plan_year,
    quarter,
    whole_year,
)  # fmt: skip
from broadcasts.timing.portions import Picks
from broadcasts.timing.shortened import short_place
from broadcasts.timing.slices import SEVERAL, sliced
from broadcasts.timing.vocabulary import Kind

_ROLES: Final = (
    Kind.FROM, Kind.TO, Kind.UNTIL, Kind.BEFORE, Kind.AFTER, Kind.LATEST, Kind.DONE, Kind.WITHIN,
    Kind.ABOUT, Kind.FOCUS,
)  # fmt: skip
# After these, words may stand before the time: "hoàn thành nội dung này trong quý II".
_LOOSE: Final = (Kind.DONE, Kind.LATEST, Kind.WITHIN, Kind.ABOUT, Kind.FOCUS, Kind.FROM, Kind.TO)
_GLUE: Final = (Kind.COMMA, Kind.COLON, Kind.WORD, Kind.DASH, Kind.PROMPT)
_MOST_GLUE: Final = 3
_MOST_DAYS: Final = 31

# Days that say when it is done only where nothing else does: a peak, a day that is honoured.
_BESIDE: Final = {Kind.FOCUS, Kind.COMMEMORATE}

Items = tuple[Place | Stretch, ...]


def group(c: Cursor, pending: frozenset[Kind] = frozenset()) -> Group | Trouble | None:
    """Read places and their role; ``pending`` are role words said some words before."""
    start = c.at
    roles = set(pending)
    while True:
        role = c.take(*_ROLES)
        if role:
            roles.add(role.kind)
        elif not roles or not c.attempt(partial(_glue, roles)):
            break
    _skip_several(c)
    items = c.attempt(partial(_items, bare_year=bool(roles)))
    if items is None:
        return None
    words = c.since(start)
    if isinstance(items, Trouble):
        return replace(items, words=words)
    stretched = len(items) == 1 and isinstance(items[0], Stretch)
    if stretched and roles & {Kind.BEFORE, Kind.AFTER}:
        # "Trước ngày 10-15/6": which of the two days bounds nobody said.
        return Trouble(note="conflict", words=words)
    return Group(
        items=items, role=Role.WITHIN if stretched else _role(roles),
        about=Kind.ABOUT in roles, focus=bool(roles & _BESIDE),
        latest=Kind.LATEST in roles, words=words,
    )  # fmt: skip


def _glue(roles: set[Kind], c: Cursor) -> bool | None:
    if not roles & set(_LOOSE) or roles & {Kind.BEFORE, Kind.AFTER, Kind.UNTIL}:
        return None
    for _ in range(_MOST_GLUE):
        if not c.take(*_GLUE):
            return None
        if c.sees(*_ROLES) or c.ahead_is(place):
            return True
    return None


def _role(roles: set[Kind]) -> Role:
    if Kind.BEFORE in roles and Kind.UNTIL not in roles:
        return Role.BEFORE
    if roles & {Kind.UNTIL, Kind.TO, Kind.LATEST, Kind.BEFORE}:
        return Role.BY
    if Kind.AFTER in roles:
        return Role.AFTER
    if Kind.FROM in roles:
        return Role.FROM
    return Role.DONE if Kind.DONE in roles else Role.WITHIN


def _skip_several(c: Cursor) -> None:
    token = c.peek()
    if token and token.kind is Kind.EACH and plain(token.text) in SEVERAL:
        named = c.sees(*UNITS, Kind.DAY, ahead=1) and c.sees(
            Kind.NUMBER, Kind.ROMAN, Kind.NUMERAL, Kind.WEEKDAY_HEAD, Kind.WEEKDAY, ahead=2
        )
        if named:
            c.at += 1


def place(c: Cursor, *, bare_year: bool = False) -> tuple[Place, ...] | None:
    """Read one place, or the several that a slice is cut from."""
    days = c.attempt(_day_of_months)
    if days:
        return days
    for rule in (date, named_day, whole_year):
        found = c.attempt(rule)
        if found:
            return (found,)
    cut = c.attempt(_short_weekdays) or c.attempt(sliced) or c.attempt(_first_of_days)
    if cut:
        return cut
    for rule in (month, quarter):
        found = c.attempt(rule)
        if found:
            return (found,)
    if bare_year and c.sees(Kind.YEAR) and c.take(Kind.YEAR):
        return (plan_year(),)
    return None


def _day_of_months(c: Cursor) -> tuple[Place, ...] | None:
    """Read "ngày 15 tháng 6 và tháng 12"."""
    found = sliced(c) if c.sees(Kind.DAY) else None
    return found if found and len(found) > 1 else None


def _short_weekdays(c: Cursor) -> tuple[Place, ...] | None:
    """Read "T2, T5 hằng tuần", which are no months."""
    found: list[Place] = []
    while (token := c.take(Kind.MONTH)) and token.text == "T":
        number = c.take(Kind.NUMBER)
        if not number or not 2 <= number.value <= 7:  # noqa: PLR2004 - thứ Hai to thứ Bảy
            return None
        chosen = number.value - 2
        found.append(Repeating(per=Per.WEEK, pick=weekdays((chosen,)), number=chosen))
        c.skip(Kind.COMMA, Kind.BOTH)
    weekly = c.sees(Kind.EACH) and c.sees(Kind.WEEK, ahead=1)
    return tuple(found) if found and weekly else None


def _first_of_days(c: Cursor) -> tuple[Place, ...] | None:
    """Read the 01 of "01-15/6" and of "từ 01 đến 15 tháng 6"."""
    number = c.take(Kind.NUMBER)
    if not number or number.digits > 2 or not c.ahead_is(_days_to_come):  # noqa: PLR2004
        return None
    chosen = days(number.value, number.value)
    return (Repeating(per=Per.MONTH, pick=Picks(chosen), number=number.value),)


def _days_to_come(c: Cursor) -> bool | None:
    for _ in range(_MOST_DAYS):
        if not c.take(Kind.DASH, Kind.TO, Kind.COMMA, Kind.BOTH):
            return None
        c.take(Kind.UNTIL)
        if c.ahead_is(_whole_date):
            return True
        if not c.take(Kind.NUMBER):
            return None
    return None


def _whole_date(c: Cursor) -> bool | None:
    found = date(c)
    return True if found and found.size is None else None


def _items(c: Cursor, *, bare_year: bool) -> Items | Trouble | None:
    first = place(c, bare_year=bare_year)
    if first is None:
        return None
    found: list[Place | Stretch] = list(first)
    while True:
        to = c.attempt(lambda c: _far_end(c, found[-1]))
        if to:
            found[-1] = to
            continue
        if c.attempt(lambda c: _choice(c, found[-1])):
            return Trouble(note="either")
        more = c.attempt(lambda c: _more(c, found[-1]))
        if not more:
            return tuple(found)
        found.extend(more)


def _last(item: Place | Stretch) -> Place:
    return item.last if isinstance(item, Stretch) else item


def _far_end(c: Cursor, near: Place | Stretch) -> Stretch | None:
    if isinstance(near, Stretch):
        return None
    sign = c.take(Kind.DASH, Kind.TO)
    if sign is None:
        return None
    bounds = set()
    while token := c.take(Kind.UNTIL, Kind.BEFORE, Kind.LATEST, Kind.WITHIN, Kind.DONE, Kind.TO):
        bounds.add(token.kind)
    loose = sign.kind is Kind.TO
    found = short_place(c, near) or _single(place(c, bare_year=loose))
    if found is None or (not loose and _sort(found) != _sort(near)):
        return None
    return Stretch(first=near, last=found, before=Kind.BEFORE in bounds)


def _single(found: tuple[Place, ...] | None) -> Place | None:
    return found[0] if found and len(found) == 1 else None


def _choice(c: Cursor, before: Place | Stretch) -> bool | None:
    if not c.take(Kind.EITHER):
        return None
    while c.take(*_ROLES):
        pass
    return bool(short_place(c, _last(before)) or place(c)) or None


def _more(c: Cursor, before: Place | Stretch) -> tuple[Place, ...] | None:
    signs = set()
    while token := c.take(Kind.COMMA, Kind.BOTH, Kind.BREAK):
        signs.add(token.kind)
    if not signs:
        return None
    if Kind.BREAK in signs:
        # "Tháng 3; 6; 9" is a list; behind "quý II; tháng 5" another thing may begin.
        short = short_place(c, _last(before))
        return (short,) if short else None
    _skip_several(c)
    last = _last(before)
    short = short_place(c, last)
    found = (short,) if short else place(c)
    if not found:
        return None
    return found if Kind.BOTH in signs or _sort(found[0]) == _sort(last) else None


def _sort(item: Place | Stretch) -> tuple[str, ...]:
    """Tell what a list must be of, so that "quý II, tháng 5" is none."""
    one = _last(item)
    if isinstance(one, Repeating):
        return ("day",) if one.per is Per.MONTH and one.number else (str(one.per), "each")
    if one.size is None and one.month:
        return ("day",)
    return ("part",) if one.size is None else (str(one.size),)


def starts_place(c: Cursor) -> bool:
    """Tell whether a time begins here, with or without a word that bounds by it."""
    return c.ahead_is(group)
