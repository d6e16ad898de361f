"""What people wish done with the data about them, as rows; one open wish of a kind at a time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.wishes import DataWish
from bot.messages import CitizenAddress
from bot.storage.feedback_person_tables import data_wishes

WAITING = "waiting"


async def add_wish(
    connection: AsyncConnection,
    wish: DataWish,
    person: CitizenAddress,
    *,
    office: str,
    at: datetime,
    due_at: datetime,
) -> None:
    """Note a wish that somebody must see to until ``due_at``; the same one waits once."""
    same = select(data_wishes.c.id).where(
        data_wishes.c.conversation == person.conversation,
        data_wishes.c.wish == wish,
        data_wishes.c.status == WAITING,
    )
    if (await connection.execute(same)).first() is not None:
        return
    row = {
        "office": office,
        "conversation": person.conversation,
        "channel": person.channel,
        "user_id": person.user_id,
        "wish": wish,
        "status": WAITING,
        "asked_at": at,
        "due_at": due_at,
    }
    await connection.execute(insert(data_wishes).values(row))
