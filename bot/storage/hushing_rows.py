"""Answers that are not said any more, since a person speaks; talks that are being answered."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.outcomes import Outcome
from bot.messages import Author
from bot.storage.moments import moments
from bot.storage.outbox_rows import OWN_DATA
from bot.storage.tables import OutboxStatus, inbox, outbox, turns

# Why a reply failed that was held back.
HELD: Final = "held"


async def hush(connection: AsyncConnection, conversation: str) -> int:
    """Keep back the bot's answers that wait to be sent in a talk; give how many.

    What helps in danger goes out all the same, and so does what the office has to tell.
    """
    in_danger = exists().where(
        turns.c.inbox_id == outbox.c.inbox_id, turns.c.outcome == Outcome.EMERGENCY
    )
    done = await connection.execute(
        update(outbox)
        .where(
            outbox.c.conversation == conversation,
            outbox.c.status == OutboxStatus.CREATED,
            outbox.c.author == Author.BOT,
            outbox.c.seq < OWN_DATA,
            ~in_danger,
        )
        .values(status=OutboxStatus.FAILED, error_code=HELD)
    )
    return done.rowcount


async def is_being_answered(connection: AsyncConnection, conversation: str, now: datetime) -> bool:
    """Tell whether a message of a talk is being answered at this moment."""
    at = moments(connection, now)
    wanted = select(inbox.c.id).where(
        inbox.c.conversation == conversation,
        inbox.c.done.is_(False),
        inbox.c.claimed_until > at(),
    )
    return (await connection.execute(wanted.limit(1))).first() is not None
