"""Replies that waited until somebody mended their account, and may go at once."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.errors import SendCode
from bot.messages import ChannelName
from bot.storage.outbox_rows import AT_ONCE
from bot.storage.tables import OutboxStatus, outbox


async def release_replies(connection: AsyncConnection, channel: ChannelName, account: str) -> None:
    """Have an account's replies go at once that waited for somebody to mend it."""
    await connection.execute(
        update(outbox).where(*_waiting(channel, account)).values(not_before=AT_ONCE)
    )


async def released(
    connection: AsyncConnection, channel: ChannelName, accounts: Collection[str]
) -> frozenset[str]:
    """Give those of the accounts whose replies were released and not tried since."""
    found = set()
    for one in sorted(accounts):
        wanted = select(outbox.c.id).where(*_waiting(channel, one), outbox.c.not_before == AT_ONCE)
        if (await connection.execute(wanted.limit(1))).first():
            found.add(one)
    return frozenset(found)


def _waiting(channel: ChannelName, account: str) -> tuple[ColumnElement[bool], ...]:
    return (
        outbox.c.status == OutboxStatus.CREATED,
        outbox.c.channel == channel,
        outbox.c.error_code == SendCode.MISCONFIGURED,
        outbox.c.user_id.startswith(f"{account}:", autoescape=True),
    )
