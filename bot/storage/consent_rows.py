"""To which words somebody agreed, or was told, for each use of their data: kept to prove it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId
from bot.feedback.purposes import Purpose
from bot.storage.feedback_person_tables import consents


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A use of data: which words were told or agreed to, when, and until when it held."""

    purpose: Purpose
    version: str
    at: datetime
    withdrawn_at: datetime | None


async def record_consent(
    connection: AsyncConnection,
    person_digest: str,
    *,
    case: CaseId,
    purpose: str,
    version: str,
    at: datetime,
) -> None:
    """Remember to which words somebody agreed."""
    row = {
        "person_digest": person_digest,
        "case": case,
        "purpose": purpose,
        "version": version,
        "at": at,
    }
    await connection.execute(insert(consents).values(row))


async def end_consent(
    connection: AsyncConnection, case: CaseId, purpose: str, at: datetime, *, person_digest: str
) -> None:
    """Remember that somebody's consent to one use of a case was taken back."""
    given = (
        consents.c.case == case,
        consents.c.purpose == purpose,
        consents.c.person_digest == person_digest,
    )
    standing = update(consents).where(*given, consents.c.withdrawn_at.is_(None))
    await connection.execute(standing.values(withdrawn_at=at))


async def uses_of(connection: AsyncConnection, case: CaseId) -> tuple[Noted, ...]:
    """Give what was told or agreed to about a case, in its order; of followers nothing."""
    names = [consents.c[name] for name in Noted.__slots__]
    wanted = select(*names).where(consents.c.case == case, consents.c.purpose != Purpose.FOLLOW)
    rows = await connection.execute(wanted.order_by(consents.c.id))
    return tuple(
        Noted(
            purpose=Purpose(row.purpose),
            version=row.version,
            at=row.at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )
