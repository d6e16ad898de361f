"""What alarms of an account are worked out of, and when somebody was told last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.zalo_overview_rows import last_words
from bot.storage.zalo_tables import zalo_accounts, zalo_people

P: Final = zalo_people.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """When somebody last came to an account, and how many had come in the days before that."""

    since: datetime
    people: int


async def calm_of(
    connection: AsyncConnection, accounts: Collection[str], before: datetime, since: datetime
) -> Mapping[str, Calm]:
    """Give the accounts to which nobody has come since ``before``, but somebody since ``since``.

    People are counted from ``since`` on; two statements, however many accounts there are.
    """
    last = await last_words(connection, accounts)
    quiet = {oa_id: at for oa_id, at in last.items() if since < at <= before}
    counted = (
        select(P.oa_id, func.count().label("people"))
        .where(P.oa_id.in_(quiet), P.interacted_at > since)
        .group_by(P.oa_id)
    )
    rows = await connection.execute(counted)
    return {row.oa_id: Calm(since=quiet[row.oa_id], people=row.people) for row in rows}


async def alarmed_at(connection: AsyncConnection) -> Mapping[str, datetime | None]:
    """Give when somebody was told of each account."""
    rows = await connection.execute(select(zalo_accounts.c.oa_id, zalo_accounts.c.alarmed_at))
    return {row.oa_id: row.alarmed_at for row in rows}


async def note_alarmed(connection: AsyncConnection, oa_id: str, at: datetime | None) -> None:
    """Note that somebody was told of an account now, or that all is well with it."""
    told = update(zalo_accounts).where(zalo_accounts.c.oa_id == oa_id)
    await connection.execute(told.values(alarmed_at=at))
