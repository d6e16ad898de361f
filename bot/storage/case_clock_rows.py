"""Cases for which a moment has come, in portions; what another process took is passed over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Case, CaseId
from bot.feedback.moves import CaseState
from bot.storage.case_rows import case_of
from bot.storage.feedback_tables import cases

# Of as many working days as an office waits at least so many days have gone by.
_ASKED: Final = timedelta(days=1)


async def to_close(connection: AsyncConnection, now: datetime, limit: int) -> tuple[Case, ...]:
    """Take answered cases whose citizens were silent long enough."""
    due = (cases.c.state == CaseState.ANSWERED, cases.c.closes_at <= now)
    return await _taken(connection, due, cases.c.closes_at, limit)


async def to_alert(connection: AsyncConnection, now: datetime, limit: int) -> tuple[Case, ...]:
    """Take open cases of whose time a share is used of which nobody was told."""
    due = (cases.c.is_open, cases.c.alert_at <= now)
    return await _taken(connection, due, cases.c.alert_at, limit)


async def asked_before(
    connection: AsyncConnection, now: datetime, limit: int, *, after: CaseId
) -> tuple[Case, ...]:
    """Take cases whose citizens were asked a day ago or longer, from a number on."""
    asked = (
        cases.c.is_open,
        cases.c.state == CaseState.AWAITING_CITIZEN,
        cases.c.paused_at <= now - _ASKED,
        cases.c.id > after,
    )
    return await _taken(connection, asked, cases.c.id, limit)


async def _taken(
    connection: AsyncConnection,
    due: tuple[ColumnElement[bool], ...],
    order: ColumnElement[Any],
    limit: int,
) -> tuple[Case, ...]:
    wanted = (
        select(cases)
        .where(*due)
        .order_by(order, cases.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tuple(map(case_of, await connection.execute(wanted)))


async def put_alert(connection: AsyncConnection, case: CaseId, at: datetime | None) -> None:
    """Write when the next share of a case's time is used; no step, so no other version."""
    await connection.execute(update(cases).where(cases.c.id == case).values(alert_at=at))


async def forget_closing(connection: AsyncConnection, now: datetime) -> int:
    """Let refused and closed cases go from the index of what is to be closed; give how many."""
    over = update(cases).where(
        cases.c.state.in_([CaseState.REFUSED, CaseState.CLOSED]), cases.c.closes_at <= now
    )
    return (await connection.execute(over.values(closes_at=None))).rowcount
