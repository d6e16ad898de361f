"""Who has a case open to write in it: one officer at a time, for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.feedback.models import CaseId
from bot.officials.models import OfficerId
from bot.storage.feedback_tables import claims
from bot.storage.upserts import Upsert, in_each

# How long an officer keeps a case to themselves without doing anything in it.
LENGTH: Final = timedelta(minutes=30)
_CLAIM: Final = select(claims).where(
    claims.c.case == bindparam("number"), claims.c.until > bindparam("now")
)


def _claiming(wish: Upsert, *, over: bool = False) -> ReturningInsert[Any]:
    free = or_(claims.c.officer == wish.excluded.officer, claims.c.until <= bindparam("now"))
    taken = wish.on_conflict_do_update(
        index_elements=["case"],
        set_={"officer": wish.excluded.officer, "until": wish.excluded.until},
        where=None if over else free,
    )
    return taken.returning(claims)


_CLAIMING: Final = in_each(claims, _claiming)
_TAKING: Final = in_each(claims, partial(_claiming, over=True))


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
    wish = (_TAKING if over else _CLAIMING)[connection.dialect.name]
    told = {"case": case, "officer": officer, "until": now + LENGTH, "now": now}
    row = (await connection.execute(wish, told)).one_or_none()
    if row is None:
        row = (await connection.execute(select(claims).where(claims.c.case == case))).one()
    return Claim(officer=OfficerId(row.officer), until=row.until)


async def claim_of(connection: AsyncConnection, case: CaseId, now: datetime) -> Claim | None:
    """Give who writes in a case at a moment."""
    row = (await connection.execute(_CLAIM, {"number": case, "now": now})).one_or_none()
    return None if row is None else Claim(officer=OfficerId(row.officer), until=row.until)


async def drop_claim(connection: AsyncConnection, case: CaseId) -> None:
    """Let a case be nobody's to write in."""
    await connection.execute(delete(claims).where(claims.c.case == case))
