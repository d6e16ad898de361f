"""News for readers of the web chat: its row in the outbox is the delivery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import ChannelName, CitizenAddress, Reply
from bot.storage.broadcast_tables import deliveries, subscribers
from bot.storage.claim_rows import hold
from bot.storage.moments import moments
from bot.storage.outbox_rows import NEWS, Place, said_row
from bot.storage.tables import inbox, outbox
from broadcasts.delivery.answers import Skip
from broadcasts.models import DeliveryStatus, Route, RunId, RunStatus, SubscriberStatus

D: Final = deliveries.c


async def lay_out(
    connection: AsyncConnection, run: RunId, reply: Reply, most: int, *, now: datetime
) -> Sequence[CitizenAddress | None]:
    """Put due web deliveries of a run into the outbox and end them; give who got it.

    ``None`` stands for who did not: opted out, removed, or without a message to hang it on. Each
    run has a place of its own under the reader's newest message, which is taken once.
    """
    if (await hold(connection, [run])).get(run) is not RunStatus.RUNNING:
        return ()
    rows = await _due(connection, run, most, now)
    sessions = {row.address for row in rows if row.reader == SubscriberStatus.ACTIVE}
    newest = await _newest(connection, sessions)
    written: list[dict[str, Any]] = []
    endings: list[dict[str, Any]] = []
    got: list[CitizenAddress | None] = []
    for row in rows:
        address = CitizenAddress(channel=ChannelName.WEB, user_id=row.address)
        place = newest.get(address.conversation) if row.address in sessions else None
        got.append(address if place else None)
        if place:
            at = Place(place, NEWS + run)
            written.append(said_row(at, address, reply, now, kept=True))
        endings.append(_ending(row, fetched=place is not None))
    if written:
        await connection.execute(insert(outbox), written)
    if endings:
        await _end(connection, endings, now)
    return got


async def _due(connection: AsyncConnection, run: RunId, most: int, now: datetime) -> Sequence[Any]:
    reader = select(subscribers.c.status).where(subscribers.c.id == D.subscriber).scalar_subquery()
    due = (
        select(D.id, D.address, reader.label("reader"))
        .where(
            D.run == run,
            D.status == DeliveryStatus.PENDING,
            D.route == Route.WEB,
            D.not_before <= moments(connection, now)(),
        )
        .order_by(D.id)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return (await connection.execute(due)).all()


async def _newest(connection: AsyncConnection, sessions: set[str]) -> dict[str, int]:
    if not sessions:
        return {}
    keys = sorted(f"{ChannelName.WEB}:{one}" for one in sessions)
    wanted = (
        select(inbox.c.conversation, func.max(inbox.c.id))
        .where(inbox.c.conversation.in_(keys))
        .group_by(inbox.c.conversation)
    )
    return {key: int(number) for key, number in await connection.execute(wanted)}


def _ending(row: Row[Any], *, fetched: bool) -> dict[str, Any]:
    if fetched:
        return {"row": row.id, "ending": DeliveryStatus.SENT, "why": ""}
    active = row.reader == SubscriberStatus.ACTIVE
    why = Skip.NO_MAILBOX if active else row.reader or Skip.REMOVED
    return {"row": row.id, "ending": DeliveryStatus.SKIPPED, "why": why}


async def _end(
    connection: AsyncConnection, endings: Sequence[dict[str, Any]], now: datetime
) -> None:
    ended = (
        update(deliveries)
        .where(D.id == bindparam("row"))
        .values(
            status=bindparam("ending"),
            code=bindparam("why"),
            attempts=D.attempts + 1,
            ended_at=moments(connection, now)(),
        )
    )
    await connection.execute(ended, list(endings))
