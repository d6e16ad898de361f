"""Which offices had a case before it was given away."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId
from bot.storage.feedback_tables import events


async def sent_from(connection: AsyncConnection, case: CaseId) -> frozenset[str]:
    """Give the offices that transferred a case."""
    sent = (events.c.case == case, events.c.sent_from.is_not(None))
    return frozenset((await connection.execute(select(events.c.sent_from).where(*sent))).scalars())
