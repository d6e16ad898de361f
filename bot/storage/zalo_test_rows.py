"""A message an account wrote to try it, as its row in the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.addresses import Follower
from bot.messages import ChannelName
from bot.storage.plan_tables import officer_chats
from bot.storage.tables import OutboxStatus, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """How far a message is; ``code`` is a ``SendCode``, empty while nothing failed."""

    row: int
    oa_id: str
    status: OutboxStatus
    code: str
    at: datetime

    @property
    def waits(self) -> bool:
        """Tell whether it is still on its way."""
        return self.status in {OutboxStatus.CREATED, OutboxStatus.SENDING}


async def tested(connection: AsyncConnection, row: int) -> Tested | None:
    """Give what became of a message to an officer's own chat on Zalo; no citizen's is given."""
    of, chats = outbox.c, officer_chats.c
    wanted = (
        select(of.user_id, of.status, of.error_code, of.created_at)
        .join(officer_chats, chats.conversation == of.conversation)
        .where(of.id == row, of.channel == ChannelName.ZALO)
    )
    found = (await connection.execute(wanted)).first()
    if found is None:
        return None
    return Tested(
        row=row,
        oa_id=Follower.of(found.user_id).oa,
        status=OutboxStatus(found.status),
        code=found.error_code,
        at=found.created_at,
    )
