"""Grammar of parts and what they are parts of: "cuối quý", "tuần 2 tháng 3", "cuối tháng 3, 6"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from broadcasts.text import plain
from broadcasts.timing.calendar import days, following, weekdays
from broadcasts.timing.cursor import Cursor
from broadcasts.timing.models import Per
from broadcasts.timing.parts import Dated, Place, Repeating
from broadcasts.timing.places import UNITS, month, plan_year, quarter, year_after
from broadcasts.timing.portions import Picks, Portion, portion
from broadcasts.timing.shortened import short_place
from broadcasts.timing.vocabulary import Kind

# "Các tháng 3, 6, 9" names months; "mỗi tháng 3 bài" counts articles.
SEVERAL: Final = frozenset({"cac", "nhung"})


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
    cut = portion(c)
    if cut is None:
        return None
    wholes = c.attempt(lambda c: _parents(c, cut.parents))
    if wholes:
        return tuple(_applied(one, whole) for whole in wholes for one in cut.each())
    return _alone(cut)


def _alone(cut: Portion) -> tuple[Place, ...] | None:
    if cut.day is not None:
        pick = days(cut.day, cut.day)
        return (Repeating(per=Per.MONTH, pick=Picks(pick), number=cut.day),)
    if cut.alone:
        return tuple(Repeating(per=Per.MONTH, pick=Picks(one.pick)) for one in cut.each())
    if cut.weekday is not None and Kind.WEEK in cut.parents:
        chosen = weekdays((cut.weekday,))
        return (Repeating(per=Per.WEEK, pick=chosen, number=cut.weekday),)
    return None


def _applied(cut: Portion, whole: Place) -> Place:
    if isinstance(whole, Repeating):
        pick = cut.pick if cut.day is None else days(cut.day, cut.day)
        number = cut.weekday if whole.per is Per.WEEK else cut.day
        # "Ngày 15 tháng cuối quý" is how orders on reports say it of every quarter.
        sure = whole.sure or (cut.day is not None and whole.per is Per.QUARTER)
        return replace(whole.cut(pick, number=number), sure=sure)
    return whole.cut(cut.pick, exact=cut.day is not None, size=cut.size, vague=cut.vague)


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
