"""Who spoke with Zalo's accounts is forgotten, as rows: at their wish, and when it is of no use.

A row tells whether somebody may be written to now, for seven days after their last act, and
whether they follow; so it goes by itself, apart from what they said.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.accounts import AccountStatus
from bot.channels.zalo.addresses import Follower
from bot.storage.zalo_tables import zalo_accounts, zalo_people
from broadcasts.routes import CS_WINDOW

P: Final = zalo_people.c
MOMENTS: Final = (P.interacted_at, P.follow_at, P.paused_until, P.state_at)
BATCH: Final = 500


async def forget_person(connection: AsyncConnection, one: Follower) -> bool:
    """Forget somebody; tell whether they were known."""
    return (await connection.execute(delete(zalo_people).where(_is(one)))).rowcount > 0


async def keep_window_alone(connection: AsyncConnection, one: Follower) -> None:
    """Keep of somebody only until when they may be written to; where they may not, nothing.

    What is said of the erasing itself still has to reach them.
    """
    left = and_(
        P.follows.is_(False), or_(P.interacted_at.is_(None), P.interacted_at <= P.follow_at)
    )
    shut = or_(P.interacted_at.is_(None), P.state != "", left)
    await connection.execute(delete(zalo_people).where(_is(one), shut))
    await connection.execute(
        update(zalo_people).where(_is(one)).values(follows=None, follow_at=None)
    )


async def forget_people(connection: AsyncConnection, before: datetime, now: datetime) -> int:
    """Forget a portion of those who were quiet since ``before``; give how many.

    Who does not follow, and who spoke with an account that is no longer connected, is forgotten as
    soon as nothing may be written to them. Done again until it gives 0.
    """
    shut = now - CS_WINDOW
    speaking = select(zalo_accounts.c.oa_id).where(zalo_accounts.c.status != AccountStatus.OFF)
    passing = and_(P.follows.is_(None), P.state == "")
    old = or_(
        _quiet_since(min(before, shut)),
        and_(_quiet_since(shut), or_(passing, P.oa_id.not_in(speaking))),
    )
    key = tuple_(P.oa_id, P.user_id)
    some = select(P.oa_id, P.user_id).where(old).limit(BATCH)
    return (await connection.execute(delete(zalo_people).where(key.in_(some)))).rowcount


def _quiet_since(moment: datetime) -> ColumnElement[bool]:
    return and_(*(or_(one.is_(None), one < moment) for one in MOMENTS))


def _is(one: Follower) -> ColumnElement[bool]:
    return and_(P.oa_id == one.oa, P.user_id == one.user)
