"""Readers of news forgotten, as rows: what was sent to them stays counted and is nobody's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.asked_rows import UNTAKEN, skipped
from bot.storage.broadcast_tables import deliveries, runs, subscriber_topics, subscribers
from bot.storage.database import Database
from bot.storage.moments import moments
from bot.storage.subscriber_rows import AWAY
from broadcasts.delivery.answers import Skip
from broadcasts.delivery.ports import OPEN

BATCH: Final = 500
S: Final = subscribers.c
D: Final = deliveries.c


async def forget_rows(connection: AsyncConnection, ids: Collection[int], at: datetime) -> int:
    """Forget readers of news by their numbers; give how many were known.

    What was sent stays counted, without the address; what nobody has begun is skipped ``at`` once.
    """
    await connection.execute(
        delete(subscriber_topics).where(subscriber_topics.c.subscriber.in_(ids))
    )
    await _hold_runs(connection, ids)
    theirs = D.subscriber.in_(ids)
    ended = skipped(Skip.REMOVED, moments(connection, at)())
    await connection.execute(update(deliveries).where(theirs, D.status.in_(UNTAKEN)).values(ended))
    await connection.execute(update(deliveries).where(theirs).values(address=""))
    done = await connection.execute(delete(subscribers).where(S.id.in_(ids)))
    return done.rowcount


async def _hold_runs(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Keep senders from the open runs of these readers: they lock a run before its deliveries."""
    concerned = select(D.run).where(D.subscriber.in_(ids), D.status.in_(OPEN))
    held = select(runs.c.id).where(runs.c.id.in_(concerned)).order_by(runs.c.id)
    await connection.execute(held.with_for_update())


async def forget_lost_readers(database: Database, before: datetime, at: datetime) -> int:
    """Forget who could not be reached with news since ``before``; give how many.

    Who left is kept, to be left alone.
    """
    lost = select(S.id).where(S.status.in_(AWAY), S.changed_at < before)
    gone = 0
    while True:
        async with database.writing() as connection:
            ids = (await connection.execute(lost.limit(BATCH))).scalars().all()
            await forget_rows(connection, ids, at)
        gone += len(ids)
        if len(ids) < BATCH:
            return gone
        await database.let_others_write()
