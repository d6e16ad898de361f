"""What alarms of an account are worked out of, and when somebody was told last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.zalo_tables import zalo_accounts, zalo_people

P: Final = zalo_people.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Calm:
    """When somebody last came to an account, and how many had come in the days before that."""

    since: datetime
    people: int


async def calm_of(
    connection: AsyncConnection, accounts: Collection[str], within: timedelta, most: int
) -> Mapping[str, Calm]:
    """Give how quiet each account is; people are counted up to ``most``."""
    found: dict[str, Calm] = {}
    for oa_id in accounts:
        last = select(func.max(P.interacted_at)).where(P.oa_id == oa_id)
        since = (await connection.execute(last)).scalar()
        if since is None:
            continue
        some = select(P.user_id).where(P.oa_id == oa_id, P.interacted_at > since - within)
        counted = select(func.count()).select_from(some.limit(most).subquery())
        people = (await connection.execute(counted)).scalar_one()
        found[oa_id] = Calm(since=since, people=people)
    return found


async def alarmed_at(connection: AsyncConnection) -> Mapping[str, datetime | None]:
    """Give when somebody was told of each account."""
    rows = await connection.execute(select(zalo_accounts.c.oa_id, zalo_accounts.c.alarmed_at))
    return {row.oa_id: row.alarmed_at for row in rows}


async def note_alarmed(connection: AsyncConnection, oa_id: str, at: datetime | None) -> None:
    """Note that somebody was told of an account now, or that all is well with it."""
    told = update(zalo_accounts).where(zalo_accounts.c.oa_id == oa_id)
    await connection.execute(told.values(alarmed_at=at))
