"""Subscribers, as rows, without the ways in which people become some."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select

from bot.storage.broadcast_tables import subscriber_topics, subscribers
from bot.storage.database import Database
from bot.storage.tables import inbox
from bot.storage.upserts import insert_into
from broadcasts.models import Consent, ReaderKind, SubscriberStatus
from tests.conftest import NOON


def a_reader(
    channel: str = "telegram",
    address: str = "1",
    *,
    office: str = "xa",
    person: str = "",
    seen_at: datetime | None = None,
    **other: Any,
) -> dict[str, Any]:
    return {
        "channel": channel,
        "address": address,
        "office": office,
        "kind": ReaderKind.CITIZEN,
        "person": person or f"{channel}:{address}",
        "status": SubscriberStatus.ACTIVE,
        "consent": Consent.CHAT,
        "agreed_at": NOON,
        "changed_at": NOON,
        "seen_at": seen_at,
        **other,
    }


async def subscribe_all(
    database: Database,
    readers: Iterable[dict[str, Any]],
    topics: Sequence[Sequence[str]] = (),
) -> None:
    """Write rows of subscribers, and what each chose."""
    made = insert(subscribers).returning(subscribers.c.id, sort_by_parameter_order=True)
    async with database.writing() as connection:
        ids = (await connection.execute(made, list(readers))).scalars().all()
        chosen = [
            {"subscriber": number, "topic": topic}
            for number, names in zip(ids, topics, strict=False)
            for topic in names
        ]
        if chosen:
            await connection.execute(insert(subscriber_topics), chosen)


async def statuses(database: Database) -> dict[str, str]:
    """Give how each address stands."""
    async with database.reading() as connection:
        rows = await connection.execute(select(subscribers.c.address, subscribers.c.status))
        return {row.address: row.status for row in rows}


async def keep_talks(database: Database, readers: Iterable[dict[str, Any]]) -> None:
    """Write a message of each of ``readers`` on the web, once."""
    rows = [
        {
            "channel": "web",
            "external_id": one["address"],
            "user_id": one["address"],
            "conversation": f"web:{one['address']}",
            "kind": "text",
            "text": "hỏi",
            "received_at": NOON,
            "done": True,
        }
        for one in readers
        if one["channel"] == "web"
    ]
    if rows:
        wish = insert_into(inbox, database.engine.dialect).values(rows)
        async with database.writing() as connection:
            await connection.execute(wish.on_conflict_do_nothing())
