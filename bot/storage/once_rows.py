"""Forms that count once: the token of each that was taken."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.people_tables import once
from bot.storage.upserts import insert_into


async def taken_first(connection: AsyncConnection, token: str, *, at: datetime) -> bool:
    """Remember that the form of ``token`` was taken; tell whether it was for the first time."""
    wish = insert_into(once, connection.dialect).values(
        token_hash=sha256(token.encode()).hexdigest(), at=at
    )
    done = await connection.execute(
        wish.on_conflict_do_nothing(index_elements=["token_hash"]).returning(once.c.token_hash)
    )
    return done.first() is not None
