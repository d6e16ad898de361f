"""Years, quarters, months and weeks as stretches of days, and their beginnings and ends."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from broadcasts.timing.models import Per, Period

# Chooses days within a stretch; nothing when it has none such (a 31st of April).
Pick = Callable[[Period], Period | None]

_MONTHS: Final = {Per.MONTH: 1, Per.QUARTER: 3, Per.HALF: 6, Per.YEAR: 12}
_DAY: Final = timedelta(days=1)
_WEEK_DAYS: Final = 7
_MOST_WEEKS: Final = 5


def year_of(year: int) -> Period:
    """Give a whole year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def months_of(year: int, first: int, last: int) -> Period | None:
    """Give months ``first`` to ``last`` of a year; nothing when there is no such month."""
    if not 1 <= first <= last <= _MONTHS[Per.YEAR]:
        return None
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def quarter_of(year: int, number: int) -> Period | None:
    """Give a quarter; nothing for a fifth."""
    return months_of(year, 3 * number - 2, 3 * number)


def day_of(year: int, month: int, day: int) -> Period | None:
    """Give one day; nothing for 31/02."""
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found, found)


def units_of(per: Per, stretch: Period) -> tuple[Period, ...]:
    """Cut a stretch into its weeks (Monday to Sunday), months, quarters, halves or years."""
    if per is Per.WEEK:
        found: Iterator[Period] = weeks(stretch)
    else:
        found = _blocks(stretch, _MONTHS[per])
    return tuple(part for unit in found if (part := unit.within(stretch)))


def blocks_of(months: int, stretch: Period) -> tuple[Period, ...]:
    """Cut a stretch into blocks of so many months, counted from January."""
    return tuple(part for unit in _blocks(stretch, months) if (part := unit.within(stretch)))


def weeks(stretch: Period) -> Iterator[Period]:
    """Give the weeks, Monday to Sunday, that some day of a stretch belongs to."""
    monday = stretch.start - timedelta(days=stretch.start.weekday())
    while monday <= stretch.end:
        yield Period(monday, monday + timedelta(days=6))
        monday += timedelta(days=_WEEK_DAYS)


def _blocks(stretch: Period, months: int) -> Iterator[Period]:
    for year in range(stretch.start.year, stretch.end.year + 1):
        for first in range(1, 13, months):
            block = months_of(year, first, min(first + months - 1, 12))
            if block and block.meets(stretch):
                yield block


def size_of(stretch: Period) -> Per | None:
    """Tell which unit a stretch is, whole."""
    if stretch in weeks(stretch):
        return Per.WEEK
    return next((per for per, n in _MONTHS.items() if stretch in _blocks(stretch, n)), None)


def third(place: int) -> Pick:
    """Choose the beginning (0), middle (1) or end (2) of a month, a quarter or a year.

    Of a month ten days, of a quarter a month; a year begins with its first quarter, ends with its
    last and has two for a middle.
    """

    def pick(stretch: Period) -> Period | None:
        year, month = stretch.start.year, stretch.start.month
        match size_of(stretch):
            case Per.MONTH:
                last = stretch.end.day
                days = ((1, 10), (11, 20), (21, last))[place]
                return Period(date(year, month, days[0]), date(year, month, days[1]))
            case Per.QUARTER:
                return months_of(year, month + place, month + place)
            case Per.YEAR:
                return months_of(year, *((1, 3), (4, 9), (10, 12))[place])
            case Per.HALF:
                return months_of(year, month + 2 * place, month + 2 * place + 1)
            case _:
                return None

    return pick


def half(*, later: bool) -> Pick:
    """Choose the former or the later half of a month (15 days), a quarter or a year."""

    def pick(stretch: Period) -> Period | None:
        if size_of(stretch) is Per.YEAR:
            year = stretch.start.year
            return months_of(year, 7, 12) if later else months_of(year, 1, 6)
        middle = stretch.start + timedelta(days=((stretch.end - stretch.start).days + 1) // 2)
        return Period(middle, stretch.end) if later else Period(stretch.start, middle - _DAY)

    return pick


def run(number: int, per: Per | None, *, last: bool) -> Pick:
    """Choose the first or last so many days (``per`` none), weeks, months or quarters."""

    def pick(stretch: Period) -> Period | None:
        if per in (None, Per.WEEK):
            days = number * (_WEEK_DAYS if per else 1)
            if last:
                found = Period(stretch.end - timedelta(days=days - 1), stretch.end)
            else:
                found = Period(stretch.start, stretch.start + timedelta(days=days - 1))
            return found if number and stretch.holds(found) else None
        units = units_of(per, stretch)
        if not 0 < number <= len(units):
            return None
        chosen = units[-number:] if last else units[:number]
        return Period(chosen[0].start, chosen[-1].end)

    return pick


def nth(number: int, per: Per) -> Pick:
    """Choose the month or quarter of that number."""

    def pick(stretch: Period) -> Period | None:
        units = units_of(per, stretch)
        return units[number - 1] if 0 < number <= len(units) else None

    return pick


def weeks_of_month(first: int, last: int) -> Pick:
    """Choose weeks of a month by number, counted in sevens from its first day.

    The fifth week is what is left of the month; a February of 28 days has none.
    """

    def pick(stretch: Period) -> Period | None:
        start = stretch.start + timedelta(days=_WEEK_DAYS * (first - 1))
        if not 1 <= first <= last <= _MOST_WEEKS or start > stretch.end:
            return None
        end = stretch.start + timedelta(days=_WEEK_DAYS * last - 1)
        return Period(start, min(end, stretch.end))

    return pick


def following(per: Per) -> Pick:
    """Choose the month or quarter after the given one."""
    return lambda unit: units_of(per, Period(unit.end + _DAY, unit.end + 100 * _DAY))[0]


def days(first: int, last: int, *, later_months: int = 0) -> Pick:
    """Choose days of a month by number; a day the month lacks is its last one."""

    def pick(stretch: Period) -> Period | None:
        ahead = stretch.start.month - 1 + later_months
        year, month = stretch.start.year + ahead // 12, ahead % 12 + 1
        length = monthrange(year, month)[1]
        if not 1 <= first <= last <= 31:  # noqa: PLR2004 - the longest month
            return None
        return Period(date(year, month, min(first, length)), date(year, month, min(last, length)))

    return pick


def exact_day(number: int) -> Pick:
    """Choose a day of one named month, which must have it."""
    return lambda stretch: day_of(stretch.start.year, stretch.start.month, number)


def weekdays(chosen: Sequence[int]) -> Callable[[Period], tuple[Period, ...]]:
    """Choose days of the week (0 is Monday) within a stretch."""

    def pick(stretch: Period) -> tuple[Period, ...]:
        length = (stretch.end - stretch.start).days + 1
        found = (stretch.start + timedelta(days=step) for step in range(length))
        return tuple(Period(day, day) for day in found if day.weekday() in chosen)

    return pick
