"""Use case: the report of some offices on a stretch of time, with what it is compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.courses import course_of
from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Event, Result, Source
from bot.feedback.moves import Act, CaseState
from bot.feedback.office_times import OfficeTimes
from bot.feedback.reports.facts import Fact
from bot.feedback.reports.figures import Figures, figures
from bot.feedback.reports.naming import report_words
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import A_DAY, Stretch
from bot.feedback.reports.windows import Window
from bot.officials.models import OfficerId
from bot.storage.case_figures_rows import (
    events_of_reopened,
    rows_of,
    units_named,
    ways_shown,
)
from bot.storage.conflict_rows import cases_of
from bot.storage.daily_rows import midnight

# What the first of these ends is the first answer.
ANSWERS: Final = frozenset({Act.ANSWER, Act.HAND_ON, Act.REFUSE, Act.GIVE_UP})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Whose report it is, and who reads it: ``offices`` are codes, ``None`` for all.

    ``name`` is the office that reports. Without a ``reader`` only counts are read.
    """

    reader: OfficerId | None
    offices: frozenset[str] | None
    name: str
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class First:
    """How a case went until its first answer: when that was due, and the minutes that stood."""

    due_at: datetime | None
    stood: int


async def reported(
    connection: AsyncConnection, wanted: Wanted, times: OfficeTimes, now: datetime
) -> Report:
    """Count the stretch, the one before it, and the same one of the year before.

    Of what is overdue the list leaves out, but no count, what complains of the reader.
    """
    stretch = wanted.stretch
    this = await _figures(connection, wanted.offices, stretch, times, now)
    hidden = await cases_of(connection, wanted.reader) if wanted.reader else frozenset()
    this = replace(this, overdue=tuple(one for one in this.overdue if one.case not in hidden))
    year_before = await _figures(connection, wanted.offices, stretch.year_before, times, now)
    before = year_before
    if stretch.before != stretch.year_before:
        before = await _figures(connection, wanted.offices, stretch.before, times, now)
    return Report(
        office=wanted.name,
        stretch=stretch,
        this=this,
        before=before,
        year_before=year_before,
        units=await _units(connection, wanted.offices, times),
    )


def window_of(stretch: Stretch, now: datetime) -> Window:
    """Give the moments of a stretch: it begins and ends at Vietnamese midnight."""
    days = stretch.days
    return Window(begin=midnight(days.start), end=midnight(days.end + A_DAY), now=now)


async def _figures(
    connection: AsyncConnection,
    offices: Collection[str] | None,
    stretch: Stretch,
    times: OfficeTimes,
    now: datetime,
) -> Figures:
    window, days = window_of(stretch, now), stretch.days
    reopened = await events_of_reopened(connection, offices, window)
    facts = [
        _fact(row, reopened.get(CaseId(row.id), ()), times)
        async for row in rows_of(connection, offices, window)
    ]
    return figures(facts, window, await ways_shown(connection, offices, days.start, days.end))


async def _units(
    connection: AsyncConnection, offices: Collection[str] | None, times: OfficeTimes
) -> Mapping[str, str]:
    """Name the units; those of several offices bear the office's name, too."""
    rows = await units_named(connection, offices)
    names = {str(one.code): one.name for one in times.snapshot.offices}
    if len({office for *_, office in rows}) <= 1:
        return {str(number): name for number, name, _ in rows}
    both = report_words()["unit_of"]
    return {
        str(number): both.format(unit=name, office=names.get(office, office))
        for number, name, office in rows
    }


def _fact(row: Row[Any], events: Sequence[Event], times: OfficeTimes) -> Fact:
    answered = row.first_answered_at
    first = _first(row, events, times) if answered else First(row.due_at, 0)
    dropped = row.closed_at if row.state == CaseState.CLOSED and not answered else None
    time = times.time(row.office)
    worked = time.minutes_between(row.received_at, answered) if time and answered else None
    return Fact(
        case=row.id,
        office=row.office,
        kind=Kind(row.kind),
        regime=row.regime,
        topic=row.topic,
        unit=row.unit,
        source=Source(row.source),
        received_at=row.received_at,
        due_at=first.due_at,
        answered_at=answered,
        dropped_at=dropped,
        minutes=None if worked is None else max(worked - first.stood, 0),
        result=Result(row.result),
        reopened=row.reopened,
        level=row.level,
    )


def _first(row: Row[Any], events: Sequence[Event], times: OfficeTimes) -> First:
    """Give it from the row or, of a case opened again, from the events before that."""
    place = next((at for at, one in enumerate(events) if one.did in ANSWERS), None)
    if place is None:
        return First(row.due_at, row.paused_minutes)
    answer, time = events[place], times.time(row.office)
    pauses = course_of(row.received_at, events[: place + 1]).pauses
    stood = [time.minutes_between(one.since, one.until) for one in pauses if time and one.until]
    due = answer.data.get("due_at")
    if due is None and answer.did is Act.GIVE_UP:
        # The clock stood still until then: nothing was late.
        return First(answer.at, sum(stood))
    return First(datetime.fromisoformat(due) if due else None, sum(stood))
