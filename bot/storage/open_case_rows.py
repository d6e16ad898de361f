"""Open cases one after the other, for what looks at all of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Case, CaseId
from bot.storage.case_rows import case_of
from bot.storage.feedback_tables import cases


async def take_timely(
    connection: AsyncConnection, now: datetime, limit: int, *, after: CaseId
) -> tuple[Case, ...]:
    """Take open cases that are not overdue, in order of their numbers, from one on.

    What somebody else is changing just now is passed over.
    """
    wanted = (
        select(cases)
        .where(
            cases.c.is_open,
            cases.c.id > after,
            cases.c.due_at.is_(None) | (cases.c.due_at >= now),
        )
        .order_by(cases.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return tuple(map(case_of, await connection.execute(wanted)))
