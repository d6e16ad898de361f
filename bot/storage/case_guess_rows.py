"""References typed in a conversation that were nobody's, counted as attempts to come in are."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.throttle_rows import count_attempt, to_wait


async def count_miss(connection: AsyncConnection, conversation: str, now: datetime) -> None:
    """Count a reference that was nobody's."""
    await count_attempt(connection, _tries(conversation), now=now)


async def look_up_wait(connection: AsyncConnection, conversation: str, now: datetime) -> timedelta:
    """Give how long a conversation has to wait before another reference is looked up for it."""
    return await to_wait(connection, _tries(conversation), now=now)


def _tries(conversation: str) -> str:
    return f"case_reference:{sha256(conversation.encode()).hexdigest()}"
