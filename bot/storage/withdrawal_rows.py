"""Who took their consent back lately, by a digest, as rows beside the calls: nothing tells who.

A word from before may come after it, and must not be kept. Such a row is forgotten with the keys
of calls (``arrival_rows.KEYS_STAY``), when no call from before counts as fresh any more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import ChannelName
from bot.storage.upserts import insert_into
from bot.storage.zalo_tables import arrivals

A: Final = arrivals.c
EVENT: Final = "withdrawn"


async def note_withdrawal(
    connection: AsyncConnection, channel: ChannelName, digest: str, *, at: datetime, now: datetime
) -> None:
    """Note when somebody took their consent back; an older moment changes nothing."""
    fresh = insert_into(arrivals, connection.dialect).values(
        channel=channel,
        key=_key(digest),
        subject=_key(digest),
        event=EVENT,
        happened_at=at,
        received_at=now,
        attempts=0,
        done=True,
    )
    await connection.execute(
        fresh.on_conflict_do_update(
            index_elements=["channel", "key"],
            set_={
                "happened_at": fresh.excluded.happened_at,
                "received_at": fresh.excluded.received_at,
            },
            where=A.happened_at < fresh.excluded.happened_at,
        )
    )


async def withdrawals_of(
    connection: AsyncConnection, channel: ChannelName, digests: Collection[str]
) -> Mapping[str, datetime]:
    """Give when those of ``digests`` took their consent back that did lately."""
    keys = {_key(one): one for one in digests}
    wanted = select(A.key, A.happened_at).where(A.channel == channel, A.key.in_(keys))
    return {keys[row.key]: row.happened_at for row in await connection.execute(wanted)}


def _key(digest: str) -> str:
    return f"{EVENT}:{digest}"
