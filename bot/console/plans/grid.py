"""A month as weeks, a quarter as months, a year as one row of months for each entry; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.storage.entry_place_rows import EntryPlace
from broadcasts.calendar import Slot, Standing, WorkingDays, standing
from broadcasts.timing import Per, Period, TimingKind
from broadcasts.timing.calendar import units_of
from broadcasts.timing.wire import timing_from_json


class View(StrEnum):
    """How much of the calendar is shown at once."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A slot with its entry's words and where it stands today."""

    slot: Slot
    place: EntryPlace
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class GridDay:
    """A day of a month's grid; ``inside`` when it belongs to the month."""

    day: date
    inside: bool
    works: bool
    today: bool
    slots: tuple[Shown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCell:
    """How many slots of an entry a month has, how many are done, and whether any is late."""

    planned: int
    done: int
    late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """An entry with its twelve months; ``past`` when some of it was over before its plan."""

    place: EntryPlace
    months: tuple[MonthCell, ...]
    planned: int
    done: int
    late: int
    past: bool
    continuous: bool


def around(view: View, day: date) -> Period:
    """Give the month, quarter or year that ``day`` lies in."""
    year = Period(date(day.year, 1, 1), date(day.year, 12, 31))
    if view is View.YEAR:
        return year
    per = Per.MONTH if view is View.MONTH else Per.QUARTER
    return next(one for one in units_of(per, year) if one.start <= day <= one.end)


def shown(slots: Iterable[Slot], places: Iterable[EntryPlace], today: date) -> Iterator[Shown]:
    """Put slots together with their entries; those of an entry not given are left out."""
    by_id = {one.id: one for one in places}
    for slot in slots:
        if place := by_id.get(slot.entry):
            yield Shown(slot=slot, place=place, standing=standing(slot, today))


def weeks(
    month: Period, found: Iterable[Shown], works: WorkingDays, today: date
) -> Iterator[tuple[GridDay, ...]]:
    """Give the weeks of a month, Monday first, whole."""
    by_day = _by_day(found)
    monday = month.start - timedelta(days=month.start.weekday())
    while monday <= month.end:
        days = (monday + timedelta(days=place) for place in range(7))
        yield tuple(
            GridDay(
                day=one,
                inside=month.start <= one <= month.end,
                works=works(one),
                today=one == today,
                slots=by_day.get(one, ()),
            )
            for one in days
        )
        monday += timedelta(days=7)


def _by_day(found: Iterable[Shown]) -> Mapping[date, tuple[Shown, ...]]:
    days: dict[date, list[Shown]] = {}
    for one in found:
        days.setdefault(one.slot.done_on or one.slot.due_on, []).append(one)
    return {day: tuple(rows) for day, rows in days.items()}


def year_rows(found: Sequence[Shown], places: Sequence[EntryPlace]) -> Iterator[YearRow]:
    """Give each entry with its months; one with parts is done by its parts and has no row."""
    whole = {one.parent for one in places}
    for place in places:
        if place.id not in whole:
            yield _row(place, [one for one in found if one.place.id == place.id])


def _row(place: EntryPlace, mine: Sequence[Shown]) -> YearRow:
    months = tuple(
        _cell([one for one in mine if one.slot.due_on.month == month]) for month in range(1, 13)
    )
    return YearRow(
        place=place,
        months=months,
        planned=sum(one.planned for one in months),
        done=sum(one.done for one in months),
        late=sum(one.late for one in months),
        past=any(one.standing is Standing.UNRECORDED for one in mine),
        continuous=timing_from_json(place.timing).kind is TimingKind.CONTINUOUS,
    )


def _cell(found: Sequence[Shown]) -> MonthCell:
    told = [one.standing for one in found]
    asked = [one for one in told if one not in {Standing.DROPPED, Standing.UNRECORDED}]
    return MonthCell(
        planned=len(asked),
        done=sum(one in {Standing.DONE, Standing.DONE_LATE} for one in asked),
        late=asked.count(Standing.LATE),
    )
