"""Cases for lists that go out as a whole: newest first, portion by portion."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Case, CaseId
from bot.feedback.moves import CaseState
from bot.officials.models import OfficerId
from bot.storage.case_rows import case_of
from bot.storage.conflict_rows import not_of
from bot.storage.feedback_tables import cases
from bot.storage.figure_rows import at


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases ``reader`` may see; ``offices`` without a filter are all.

    ``late_at`` are those overdue then.
    """

    reader: OfficerId
    offices: Collection[str] | None
    state: CaseState | None = None
    is_open: bool = False
    officer: int | None = None
    unassigned: bool = False
    late_at: datetime | None = None


async def told_cases(
    connection: AsyncConnection, wanted: Wanted, limit: int, *, before: CaseId | None = None
) -> tuple[Case, ...]:
    """Give up to ``limit`` cases, those that came ``before`` a number."""
    told = select(cases).where(
        *at(cases.c.office, wanted.offices),
        not_of(wanted.reader, cases.c.id),
        *_narrowed(wanted),
    )
    if before is not None:
        told = told.where(cases.c.id < before)
    rows = await connection.execute(told.order_by(cases.c.id.desc()).limit(limit))
    return tuple(map(case_of, rows))


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        conditions.append(cases.c.state == wanted.state)
    if wanted.is_open or wanted.unassigned or wanted.late_at is not None:
        conditions.append(cases.c.is_open)
    if wanted.officer is not None:
        conditions.append(cases.c.officer == wanted.officer)
    if wanted.unassigned:
        conditions += [cases.c.unit.is_(None), cases.c.officer.is_(None)]
    if wanted.late_at is not None:
        conditions.append(cases.c.due_at < wanted.late_at)
    return conditions
