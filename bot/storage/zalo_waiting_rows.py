"""Replies on Zalo that wait until somebody pays for them, or for messages of the package."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.errors import SendCode
from bot.messages import ChannelName
from bot.storage.tables import OutboxStatus, outbox
from bot.storage.zalo_tables import zalo_accounts

A: Final = zalo_accounts.c
_ahead: Final = outbox.alias("ahead")


def waits_for_quota() -> ColumnElement[bool]:
    """Tell whether a row of the outbox waits for quota, or behind another that does."""
    blocked = exists().where(
        _ahead.c.conversation == outbox.c.conversation,
        _ahead.c.status == OutboxStatus.CREATED,
        _ahead.c.error_code == SendCode.NO_QUOTA,
    )
    return and_(
        outbox.c.status == OutboxStatus.CREATED, outbox.c.channel == ChannelName.ZALO, blocked
    )


async def waiting_at(connection: AsyncConnection, accounts: Collection[str]) -> Mapping[str, int]:
    """Count the replies that wait for quota, by account; none of one where nothing does."""
    theirs = func.substr(outbox.c.user_id, 1, func.length(A.oa_id) + 1) == A.oa_id + ":"
    wanted = (
        select(A.oa_id, func.count().label("replies"))
        .join(outbox, and_(theirs, waits_for_quota()))
        .where(A.oa_id.in_(accounts))
        .group_by(A.oa_id)
    )
    return {row.oa_id: row.replies for row in await connection.execute(wanted)}
