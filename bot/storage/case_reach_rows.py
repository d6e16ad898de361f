"""Which offices had a case before it was given away."""

from __future__ import annotations

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId
from bot.feedback.moves import Act
from bot.storage.feedback_tables import events


async def sent_from(connection: AsyncConnection, case: CaseId) -> frozenset[str]:
    """Give the offices that transferred a case."""
    wanted = select(events.c.data).where(events.c.case == case, events.c.did == Act.TRANSFER)
    rows = (await connection.execute(wanted)).scalars()
    return frozenset(str(orjson.loads(row)["from"]) for row in rows)
