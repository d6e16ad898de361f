"""Whether a reply that was taken to be sent still waits for the word of who took it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.outbox_rows import Parcel
from bot.storage.tables import OutboxStatus, outbox


async def is_still_open(connection: AsyncConnection, parcel: Parcel) -> bool:
    """Tell whether nobody wrote yet what became of a reply since it was claimed as ``parcel``."""
    wanted = select(outbox.c.id).where(
        outbox.c.id == parcel.message.id,
        outbox.c.attempts == parcel.attempts + 1,
        outbox.c.status.in_((OutboxStatus.SENDING, OutboxStatus.UNCERTAIN)),
    )
    return (await connection.execute(wanted.with_for_update())).first() is not None
