"""Files that a provider keeps for us: which are wanted, and whose turn it is to be fetched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import ChannelName, CitizenAddress
from bot.storage.feedback_tables import feedback_files, fetches
from bot.storage.finished import Claimed
from bot.storage.moments import moments

AT_ONCE: Final = datetime.fromtimestamp(0, UTC)
# Longer than a file is fetched and looked at; a killed process's are then taken again.
CLAIM: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """A file to be fetched: its number, the message it came with and its id at the provider.

    ``attempts`` counts this one; ``asked_at`` is when the citizen sent it.
    """

    file: int
    inbox_id: int
    address: CitizenAddress
    reference: str
    attempts: int
    asked_at: datetime


async def reserved(connection: AsyncConnection, inbox_id: int) -> bool:
    """Tell whether the photo of a message has its number."""
    known = select(fetches.c.file).where(fetches.c.inbox_id == inbox_id)
    return (await connection.execute(known)).first() is not None


async def reserve(connection: AsyncConnection, claimed: Claimed, file: int) -> None:
    """Note that ``file`` is the photo of a message; it is not fetched until it is wanted.

    The table refuses a second number for the same message.
    """
    message = claimed.message
    assert message.attachment is not None, "only a message with a file has one to be fetched"
    row = {
        "file": file,
        "inbox_id": claimed.id,
        "channel": message.address.channel,
        "user_id": message.address.user_id,
        "reference": message.attachment.reference,
        "attempts": 0,
        "due_at": None,
    }
    await connection.execute(insert(fetches).values(row))


async def want(connection: AsyncConnection, conversation: str, files: Collection[int]) -> None:
    """Have those ``files`` of a conversation fetched that are not here yet.

    Said twice it counts once.
    """
    theirs = select(feedback_files.c.id).where(
        feedback_files.c.conversation == conversation, feedback_files.c.id.in_(files)
    )
    fresh = (fetches.c.file.in_(theirs), fetches.c.due_at.is_(None))
    await connection.execute(update(fetches).where(*fresh).values(due_at=AT_ONCE))


async def claim_fetches(
    connection: AsyncConnection, channels: Collection[ChannelName], now: datetime, limit: int
) -> tuple[Fetch, ...]:
    """Take the wanted files of ``channels`` that are due, the longest waiting first."""
    at = moments(connection, now)
    due = (
        select(fetches, feedback_files.c.made_at)
        .join(feedback_files, feedback_files.c.id == fetches.c.file)
        .where(fetches.c.channel.in_(channels), fetches.c.due_at <= at())
        .order_by(fetches.c.due_at, fetches.c.file)
        .limit(limit)
        .with_for_update(skip_locked=True, of=fetches)
    )
    rows = (await connection.execute(due)).all()
    if rows:
        taken = {"due_at": at(CLAIM), "attempts": fetches.c.attempts + 1}
        numbers = [row.file for row in rows]
        await connection.execute(update(fetches).where(fetches.c.file.in_(numbers)).values(taken))
    return tuple(
        Fetch(
            file=row.file,
            inbox_id=row.inbox_id,
            address=CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id),
            reference=row.reference,
            attempts=row.attempts + 1,
            asked_at=row.made_at,
        )
        for row in rows
    )


async def put_off(connection: AsyncConnection, file: int, now: datetime, pause: timedelta) -> None:
    """Have a file tried again after ``pause``."""
    later = moments(connection, now)(pause)
    await connection.execute(update(fetches).where(fetches.c.file == file).values(due_at=later))


async def settle(connection: AsyncConnection, file: int) -> bool:
    """End the fetching of a file, in the transaction that tells what came of it.

    Tells whether it is ours to end: another may have done so, or the citizen dropped the photo.
    """
    return (await connection.execute(delete(fetches).where(fetches.c.file == file))).rowcount == 1
