"""What a report needs of cases, as rows: those of some offices that a stretch of time is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.kinds import Kind
from bot.feedback.models import CaseId, Event
from bot.feedback.moves import CaseState
from bot.feedback.reports.windows import Window
from bot.storage.case_rows import event_of
from bot.storage.feedback_person_tables import way_counts
from bot.storage.feedback_tables import cases, events, units

C: Final = cases.c
AT_ONCE: Final = 1_000
COLUMNS: Final = (
    C.id, C.office, C.kind, C.regime, C.topic, C.unit, C.source, C.received_at, C.due_at,
    C.first_answered_at, C.state, C.closed_at, C.paused_minutes, C.result, C.reopened, C.level,
)  # fmt: skip


async def rows_of(
    connection: AsyncConnection, offices: Collection[str] | None, window: Window
) -> AsyncIterator[Row[Any]]:
    """Stream the cases that came in before the window's end and were open in it.

    ``offices`` are codes, ``None`` stands for all.
    """
    wanted: Select[Any] = select(*COLUMNS).where(*_about(offices, window)).order_by(C.id)
    found = await connection.stream(wanted)
    async for portion in found.partitions(AT_ONCE):
        for row in portion:
            yield row


async def events_of_reopened(
    connection: AsyncConnection, offices: Collection[str] | None, window: Window
) -> Mapping[CaseId, list[Event]]:
    """Give the events of those cases that were opened again, in order: their rows tell of now."""
    reopened = select(C.id).where(*_about(offices, window), C.reopened > 0)
    wanted = (
        select(events).where(events.c.case.in_(reopened)).order_by(events.c.case, events.c.version)
    )
    found: defaultdict[CaseId, list[Event]] = defaultdict(list)
    for row in await connection.execute(wanted):
        found[CaseId(row.case)].append(event_of(row))
    return found


async def ways_shown(
    connection: AsyncConnection, offices: Collection[str] | None, first: date, last: date
) -> Mapping[Kind, int]:
    """Count how often the lawful ways were shown from one local day to another, both included."""
    W = way_counts.c  # noqa: N806 - as short as the columns of cases
    wanted = (
        select(W.kind, func.sum(W.count))
        .where(W.day >= first.isoformat(), W.day <= last.isoformat())
        .group_by(W.kind)
    )
    if offices is not None:
        wanted = wanted.where(W.office.in_(offices))
    return {Kind(kind): int(count) for kind, count in await connection.execute(wanted)}


async def newest_received(
    connection: AsyncConnection, offices: Collection[str] | None
) -> datetime | None:
    """Give when the newest case of some offices came in that is counted by itself."""
    wanted = select(func.max(C.received_at)).where(C.main.is_(None))
    wanted = wanted if offices is None else wanted.where(C.office.in_(offices))
    newest: datetime | None = (await connection.execute(wanted)).scalar_one()
    return newest


async def units_named(
    connection: AsyncConnection, offices: Collection[str] | None
) -> tuple[tuple[int, str, str], ...]:
    """Give number, name and office of every unit, closed ones too."""
    wanted = select(units.c.id, units.c.name, units.c.office)
    if offices is not None:
        wanted = wanted.where(units.c.office.in_(offices))
    return tuple((row.id, row.name, row.office) for row in await connection.execute(wanted))


def _about(offices: Collection[str] | None, window: Window) -> list[ColumnElement[bool]]:
    """Tell which cases; what was closed long ago without an answer falls out of the counts."""
    dropped = C.first_answered_at.is_(None) & (C.state == CaseState.CLOSED)
    about = [
        C.received_at < window.end,
        C.first_answered_at.is_(None) | (C.first_answered_at >= window.begin),
        ~(dropped & (C.closed_at < window.begin)),
    ]
    return about if offices is None else [C.office.in_(offices), *about]
