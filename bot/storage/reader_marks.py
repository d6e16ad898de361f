"""What a delivery taught us about its reader: blocked us, gone, moved to another address."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.broadcast_tables import deliveries, subscribers
from bot.storage.outbox_rows import mark_unreachable
from bot.storage.telling_rows import told_in_vain
from broadcasts.delivery.answers import Ending
from broadcasts.models import DeliveryId, SubscriberStatus

D: Final = deliveries.c
S: Final = subscribers.c


async def mark_reader(
    connection: AsyncConnection, row: DeliveryId, ending: Ending, now: datetime
) -> None:
    """Mark the reader of a delivery as ``ending`` says, and their conversation unreachable."""
    known = await connection.execute(
        select(S.id, S.channel, S.address)
        .join(deliveries, D.subscriber == S.id)
        .where(D.id == row, S.status == SubscriberStatus.ACTIVE)
    )
    reader = known.first()
    if reader is None:
        return
    lost = update(subscribers).where(S.id == reader.id)
    await connection.execute(lost.values(status=ending.reader, changed_at=now))
    conversation = f"{reader.channel}:{reader.address}"
    await mark_unreachable(connection, conversation, str(ending.code), now)
    await told_in_vain(connection, conversation)


async def move_reader(
    connection: AsyncConnection, row: DeliveryId, address: str, now: datetime
) -> bool:
    """Give the reader of a delivery their new address; tell whether it was nobody's yet.

    Where another reader has it already the old one is dead: that reader is written to anyway.
    """
    known = await connection.execute(
        select(S.id, S.channel).join(deliveries, D.subscriber == S.id).where(D.id == row)
    )
    reader = known.first()
    if reader is None:
        return False
    other = subscribers.alias()
    taken = await connection.execute(
        select(exists().where(other.c.channel == reader.channel, other.c.address == address))
    )
    free = not taken.scalar()
    moved = {"address": address} if free else {"status": SubscriberStatus.DEAD}
    await connection.execute(
        update(subscribers).where(S.id == reader.id).values(**moved, changed_at=now)
    )
    if free:
        await connection.execute(update(deliveries).where(D.id == row).values(address=address))
    return free
