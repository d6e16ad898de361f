"""Places in the calendar → the days they are in the year of a plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from broadcasts.timing.calendar import days as days_of_month
from broadcasts.timing.calendar import exact_day, weekdays, year_of
from broadcasts.timing.models import Per, Period
from broadcasts.timing.notes import Unclear
from broadcasts.timing.parts import Dated, Found, Group, Place, Repeating, Role, Stretch
from broadcasts.timing.portions import Picks
from broadcasts.timing.vocabulary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """Days of the year named in one go, and how they bound.

    ``unit`` is the size of what was named, none for days; ``vague`` when a beginning, a middle or
    an end was named, ``whole`` is what it was cut from.
    """

    group: Group
    role: Role
    periods: tuple[Period, ...]
    unit: Per | None
    before: bool = False
    vague: bool = False
    single_days: bool = False
    joint: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurs:
    """Days of each unit named in one go."""

    group: Group
    picks: tuple[Repeating, ...]

    @property
    def per(self) -> Per:
        """The unit."""
        return self.picks[0].per

    @property
    def sure(self) -> bool:
        """Tell whether the phrase says each."""
        return any(pick.sure for pick in self.picks)


def resolve(found: Found, group: Group, year: int) -> Days | Recurs:
    """Give the days of a group; raise ``Unclear`` where there are none or of another year."""
    items = _settled(group, year)
    repeating = tuple(item for item in items if isinstance(item, Repeating))
    if len(repeating) == len(items):
        if len({pick.per for pick in repeating}) > 1:
            raise Unclear("several")
        return Recurs(group=group, picks=repeating)
    periods = tuple(item for item in items if isinstance(item, Period))
    if repeating or not periods:
        raise Unclear("conflict")
    return _checked(_days(found, group, periods), year)


def _settled(group: Group, year: int) -> list[Period | Repeating]:
    """Work from the last to the first: a year or month named last counts for those before it."""
    right: Dated | None = None
    settled: list[Period | Repeating] = []
    for item in reversed(group.items):
        if isinstance(item, Stretch):
            settled.append(_stretched(item, right, year, group.words))
            right = item.last if isinstance(item.last, Dated) else right
            continue
        one = _with_month(item, right)
        if isinstance(one, Repeating):
            settled.append(one)
            continue
        right = _with_year(one, right, year)
        settled.append(_made(right, year, group.words))
    return settled[::-1]


def _with_month(item: Place, right: Dated | None) -> Place:
    if isinstance(item, Dated) or item.number is None or item.per is not Per.MONTH:
        return item
    if item.sure or right is None or right.month is None:
        return item
    number, month = item.number, right.month

    def make(year: int) -> Period | None:
        wide = month(year)
        return exact_day(number)(wide) if wide else None

    return Dated(make=make, year=right.year, month=month)


def _with_year(item: Dated, right: Dated | None, year: int) -> Dated:
    if item.year is None:
        return replace(item, year=right.year if right else year)
    return item


def _made(item: Dated, year: int, words: str) -> Period:
    made = item.make(item.year or year)
    if made is None:
        raise Unclear("no_such", words)
    return made


def _stretched(item: Stretch, right: Dated | None, year: int, words: str) -> Period | Repeating:
    last = _with_month(item.last, right)
    if isinstance(last, Repeating):
        return _repeated(item.first, last, words)
    last = _with_year(last, right, year)
    first = _with_month(item.first, last)
    if isinstance(first, Repeating):
        raise Unclear("conflict")
    end = _made(last, year, words)
    start = _made(_with_year(first, last, year), year, words)
    if start.start > end.end and first.year is None:
        start = _made(replace(first, year=year), year, words)
    if start.start > end.end:
        raise Unclear("reversed", words)
    if item.before and last.size is not None:
        return _checked_stretch(Period(start.start, end.start - timedelta(days=1)), words)
    return Period(start.start, end.end)


def _checked_stretch(period: Period, words: str) -> Period:
    if period.start > period.end:
        raise Unclear("reversed", words)
    return period


def _repeated(first: Place, last: Repeating, words: str) -> Repeating:
    if isinstance(first, Dated) or first.number is None or last.number is None:
        raise Unclear("conflict")
    if first.number > last.number or first.per is not last.per:
        raise Unclear("reversed", words)
    if last.per is Per.WEEK:
        span = tuple(range(first.number, last.number + 1))
        return replace(last, pick=weekdays(span), sure=first.sure or last.sure)
    pick = Picks(days_of_month(first.number, last.number))
    return replace(last, pick=pick, sure=first.sure or last.sure, number=None)


def _days(found: Found, group: Group, periods: tuple[Period, ...]) -> Days:
    last = group.items[-1]
    stretched = isinstance(last, Stretch)
    place = last.last if isinstance(last, Stretch) else last
    size = place.size if isinstance(place, Dated) else None
    one_day = all(period.start == period.end for period in periods)
    vague = isinstance(place, Dated) and place.vague
    said_before = isinstance(last, Stretch) and last.before and size is None
    days = Days(
        group=group, role=group.role, periods=periods, unit=None if stretched else size,
        before=said_before, vague=vague and not stretched, single_days=one_day, joint=found.joint,
    )  # fmt: skip
    return _ending_before(days, place) if group.role is Role.BEFORE else days


def _ending_before(days: Days, place: Place) -> Days:
    """Give deadlines: the day named, itself excluded, or the last day before a month named."""
    if days.single_days and days.unit is None and not days.vague:
        return replace(days, before=True)
    ends = (_last_day_before(period, place) for period in days.periods)
    return replace(days, periods=tuple(ends), single_days=False)


def _last_day_before(period: Period, place: Place) -> Period:
    if isinstance(place, Dated) and place.sliced and place.whole:
        whole = place.whole(period.end.year)
        if whole and whole.end == period.end:
            return Period(period.end, period.end)
    day = period.start - timedelta(days=1)
    return Period(day, day)


def _checked(days: Days, year: int) -> Days:
    whole = year_of(year)
    first_after = year_of(year + 1).start if year < 9999 else None  # noqa: PLR2004
    for period in days.periods:
        eve = days.before and period.end == first_after
        if not period.meets(whole) and not eve:
            raise Unclear("other_year", days.group.words, named=period.end.year, year=year)
    return days
