"""Urgent notices that went past the approvers, until each of them has marked them read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.models import OfficerId
from bot.storage.broadcast_tables import broadcast_steps, broadcasts
from bot.storage.figure_rows import at
from bot.storage.pending_rows import Offices
from bot.storage.people_tables import officers
from broadcasts.texts import Step

# As many urgent notices as a first page names one by one.
MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentNotice:
    """An urgent notice that went out by one person's word: which, whose, when and why."""

    broadcast: int
    office: str
    title: str
    by: str
    at: datetime
    reason: str


async def urgent_unseen(
    connection: AsyncConnection, offices: Offices, officer: OfficerId, since: datetime
) -> Sequence[UrgentNotice]:
    """Give the urgent notices sent ``since`` then by others, which ``officer`` did not mark read.

    The newest first; as many as are named at once.
    """
    seen = broadcast_steps.alias()
    marked = exists().where(
        seen.c.broadcast == broadcast_steps.c.broadcast,
        seen.c.step == Step.SEEN,
        seen.c.officer == officer,
        seen.c.id > broadcast_steps.c.id,
    )
    wanted = (
        select(
            broadcasts.c.id.label("broadcast"),
            broadcasts.c.office,
            broadcasts.c.title,
            func.coalesce(officers.c.name, "").label("by"),
            broadcast_steps.c.at,
            broadcast_steps.c.note.label("reason"),
        )
        .join(broadcasts, broadcasts.c.id == broadcast_steps.c.broadcast)
        .outerjoin(officers, officers.c.id == broadcast_steps.c.officer)
        .where(
            broadcasts.c.urgent,
            broadcast_steps.c.step == Step.STARTED,
            broadcast_steps.c.officer.is_distinct_from(officer),
            broadcast_steps.c.at >= since,
            ~marked,
            *at(broadcasts.c.office, offices),
        )
        .order_by(broadcast_steps.c.id.desc())
        .limit(MOST_NAMED)
    )
    rows = await connection.execute(wanted)
    return [UrgentNotice(**row._asdict()) for row in rows]
