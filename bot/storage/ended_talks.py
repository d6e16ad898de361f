"""Readers of the web chat whose talk has ended: none of their messages is left to hang news on.

A session of the page has no end of its own; its messages go with the office's term of keeping
them, and who forgets a talk in the browser never asks for it again.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, and_, exists, func, not_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import ChannelName
from bot.storage.broadcast_tables import subscribers
from bot.storage.many import one_of
from bot.storage.tables import inbox
from broadcasts.models import SubscriberStatus

S: Final = subscribers.c


def talk_ended() -> ColumnElement[bool]:
    """Tell of a subscriber that they read on the web and have no message left to hang news on."""
    left = exists().where(inbox.c.conversation == S.channel + ":" + S.address)
    return and_(S.channel == ChannelName.WEB, not_(left))


async def ended_talks(connection: AsyncConnection, offices: Collection[str] | None) -> int:
    """Count the active readers of these offices, or of all, whose talk has ended."""
    wanted = select(func.count()).where(S.status == SubscriberStatus.ACTIVE, talk_ended())
    if offices is not None:
        wanted = wanted.where(S.office.in_(one_of(offices)))
    return int((await connection.execute(wanted)).scalar_one())
