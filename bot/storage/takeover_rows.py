"""Talks that officials have taken over, a row each: its key is the lock, its end stands in it.

The order in which rows are locked is: conversation, take-over, outbox.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, case, delete, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import ChannelName, CitizenAddress
from bot.officials.models import OfficerId
from bot.officials.talks import TakeOver, Talk
from bot.storage.console_tables import takeovers, waiting_talks
from bot.storage.moments import moments
from bot.storage.tables import UtcDateTime
from bot.storage.upserts import insert_into


async def take(
    connection: AsyncConnection, talk: Talk, officer: OfficerId, now: datetime, length: timedelta
) -> TakeOver:
    """Take a talk over, or keep it, for ``length``; give who holds it after that.

    PostgreSQL goes by its own clock; ``now`` counts for the embedded database alone. The caller
    holds the conversation's lock, so that what the bot answers is stored before or dropped.
    """
    at = moments(connection, now)
    mine = and_(takeovers.c.officer == officer, takeovers.c.until > at())
    wish = insert_into(takeovers, connection.dialect).values(
        conversation=talk.address.conversation,
        talk=talk.id,
        channel=talk.address.channel,
        user_id=talk.address.user_id,
        office=talk.office,
        officer=officer,
        began_at=now,
        until=at(length),
    )
    taken = wish.on_conflict_do_update(
        index_elements=["conversation"],
        set_={
            "officer": officer,
            "talk": talk.id,
            "office": talk.office,
            "began_at": case((mine, takeovers.c.began_at), else_=literal(now, UtcDateTime())),
            "until": at(length),
        },
        where=or_(takeovers.c.officer == officer, takeovers.c.until <= at()),
    )
    await connection.execute(taken)
    await connection.execute(
        delete(waiting_talks).where(waiting_talks.c.conversation == talk.address.conversation)
    )
    key = takeovers.c.conversation == talk.address.conversation
    return takeover_of((await connection.execute(select(takeovers).where(key))).one())


async def prolong(
    connection: AsyncConnection, talk: Talk, officer: OfficerId, now: datetime, length: timedelta
) -> bool:
    """Hold a talk for ``length`` from now on; tell whether the officer still held it."""
    done = await connection.execute(
        update(takeovers)
        .where(_held_by(connection, talk, officer, now))
        .values(until=moments(connection, now)(length))
    )
    return done.rowcount == 1


async def let_go(
    connection: AsyncConnection, talk: Talk, officer: OfficerId, now: datetime
) -> bool:
    """End an officer's take-over; tell whether there was one."""
    done = await connection.execute(
        delete(takeovers).where(_held_by(connection, talk, officer, now))
    )
    return done.rowcount == 1


async def release(
    connection: AsyncConnection,
    officer: OfficerId,
    now: datetime,
    *,
    but: Collection[str] = (),
) -> int:
    """Let an officer's take-overs be over at this moment, save those at the offices ``but``.

    Give their number. The rows stay for whoever tells the citizens of those that ran out.
    """
    at = moments(connection, now)
    done = await connection.execute(
        update(takeovers)
        .where(
            takeovers.c.officer == officer,
            takeovers.c.until > at(),
            takeovers.c.office.not_in(but),
        )
        .values(until=at())
    )
    return done.rowcount


def _held_by(
    connection: AsyncConnection, talk: Talk, officer: OfficerId, now: datetime
) -> ColumnElement[bool]:
    return and_(
        takeovers.c.conversation == talk.address.conversation,
        takeovers.c.officer == officer,
        takeovers.c.until > moments(connection, now)(),
    )


async def held(connection: AsyncConnection, now: datetime) -> frozenset[str]:
    """Give the conversations that officials hold at this moment: no more than there are officials.

    It is asked with every answer that is stored, so it names none and is always the same question.
    """
    wanted = select(takeovers.c.conversation).where(takeovers.c.until > moments(connection, now)())
    return frozenset((await connection.execute(wanted)).scalars())


async def holder_of(connection: AsyncConnection, talk: Talk, now: datetime) -> TakeOver | None:
    """Give who holds a talk at this moment."""
    wanted = select(takeovers).where(
        takeovers.c.conversation == talk.address.conversation,
        takeovers.c.until > moments(connection, now)(),
    )
    row = (await connection.execute(wanted)).first()
    return takeover_of(row) if row else None


async def run_out(connection: AsyncConnection, now: datetime, limit: int) -> tuple[TakeOver, ...]:
    """Give take-overs that have come to their end by themselves."""
    wanted = select(takeovers).where(takeovers.c.until <= moments(connection, now)()).limit(limit)
    return tuple(map(takeover_of, (await connection.execute(wanted)).all()))


async def clear(connection: AsyncConnection, talk: Talk, now: datetime) -> bool:
    """Remove a take-over that has come to its end; tell whether it was still there, and ended."""
    done = await connection.execute(
        delete(takeovers).where(
            takeovers.c.conversation == talk.address.conversation,
            takeovers.c.until <= moments(connection, now)(),
        )
    )
    return done.rowcount == 1


def takeover_of(row: Row[Any]) -> TakeOver:
    """Read a take-over's row."""
    return TakeOver(
        talk=Talk(id=row.talk, address=_address(row), office=row.office),
        officer=OfficerId(row.officer),
        began_at=row.began_at,
        until=row.until,
    )


def _address(row: Any) -> CitizenAddress:  # noqa: ANN401 - a row with an address in it
    return CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id)
