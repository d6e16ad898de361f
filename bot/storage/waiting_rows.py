"""The talks whose citizens wait for a person: once each, in the order in which they asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import CitizenAddress
from bot.storage.console_tables import waiting_talks
from bot.storage.upserts import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody who asked for a person: by which message, of which office, and about what."""

    talk: int
    address: CitizenAddress
    office: str
    question: str
    at: datetime


async def put_waiting(connection: AsyncConnection, asked: Sequence[Asked]) -> None:
    """Put talks on the waiting list; who asks again keeps their place."""
    if not asked:
        return
    rows = [
        {
            "conversation": one.address.conversation,
            "talk": one.talk,
            "channel": one.address.channel,
            "user_id": one.address.user_id,
            "office": one.office,
            "question": one.question,
            "asked_at": one.at,
        }
        for one in asked
    ]
    wish = insert_into(waiting_talks, connection.dialect)
    await connection.execute(wish.on_conflict_do_nothing(index_elements=["conversation"]), rows)
