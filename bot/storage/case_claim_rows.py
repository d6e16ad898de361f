"""Who has a case open to write in it: one officer at a time, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId
from bot.officials.models import OfficerId
from bot.storage.feedback_tables import claims
from bot.storage.upserts import insert_into

# How long an officer keeps a case to themselves without doing anything in it.
LENGTH: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who writes in a case, and until when at the most."""

    officer: OfficerId
    until: datetime


async def claim_case(
    connection: AsyncConnection,
    case: CaseId,
    officer: OfficerId,
    now: datetime,
    *,
    over: bool = False,
) -> Claim:
    """Keep a case to an officer unless somebody else has it; give who does after that.

    With ``over`` it is taken from whoever has it.
    """
    wish = insert_into(claims, connection.dialect).values(
        case=case, officer=officer, until=now + LENGTH
    )
    free = or_(claims.c.officer == officer, claims.c.until <= now)
    taken = wish.on_conflict_do_update(
        index_elements=["case"],
        set_={"officer": wish.excluded.officer, "until": wish.excluded.until},
        where=None if over else free,
    )
    row = (await connection.execute(taken.returning(claims))).one_or_none()
    if row is None:
        row = (await connection.execute(select(claims).where(claims.c.case == case))).one()
    return Claim(officer=OfficerId(row.officer), until=row.until)


async def claim_of(connection: AsyncConnection, case: CaseId, now: datetime) -> Claim | None:
    """Give who writes in a case at a moment."""
    wanted = select(claims).where(claims.c.case == case, claims.c.until > now)
    row = (await connection.execute(wanted)).one_or_none()
    return None if row is None else Claim(officer=OfficerId(row.officer), until=row.until)


async def drop_claim(connection: AsyncConnection, case: CaseId) -> None:
    """Let a case be nobody's to write in."""
    await connection.execute(delete(claims).where(claims.c.case == case))
