"""What the office said beside the bot's replies and offered choices under, as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import orjson
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Author
from bot.storage.tables import outbox


async def offered_beside(
    connection: AsyncConnection, conversations: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """Give the values offered by the last message of each conversation, where the office said it.

    The turn before knows nothing of them: they came by themselves, maybe days after it.
    """
    if not conversations:
        return {}
    newest = (
        select(func.max(outbox.c.id))
        .where(outbox.c.conversation.in_(conversations))
        .group_by(outbox.c.conversation)
    )
    said = select(outbox.c.conversation, outbox.c.choices).where(
        outbox.c.id.in_(newest), outbox.c.author == Author.OFFICE
    )
    return {
        row.conversation: tuple(value for _, value in orjson.loads(row.choices))
        for row in await connection.execute(said)
    }
