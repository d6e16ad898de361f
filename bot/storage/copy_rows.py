"""Who may fetch a copy of what is kept about them, as rows that soon end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import CitizenAddress
from bot.storage.feedback_person_tables import copies

# Before the digest of a conversation whose data was erased: its copies of the day still count.
NOBODYS: Final = "erased:"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyPass:
    """That ``address`` may fetch its copy, in the words of ``office``."""

    office: str
    address: CitizenAddress
    until: datetime


async def add_pass(
    connection: AsyncConnection, conversation: str, *, office: str, at: datetime, until: datetime
) -> int:
    """Let a conversation fetch its copy until a moment; give the number to fetch it by."""
    row = {"office": office, "conversation": conversation, "made_at": at, "until": until}
    stored = insert(copies).values(row).returning(copies.c.id)
    return int((await connection.execute(stored)).scalar_one())


async def find_pass(connection: AsyncConnection, number: int) -> CopyPass | None:
    """Give a pass by its number, one that ended too; of one made nobody's nothing."""
    known = (copies.c.id == number, copies.c.conversation.not_like(f"{NOBODYS}%"))
    wanted = select(copies).where(*known)
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        return None
    address = CitizenAddress.of(row.conversation)
    return CopyPass(office=row.office, address=address, until=row.until)


async def passes_since(connection: AsyncConnection, conversation: str, since: datetime) -> int:
    """Count how often a conversation was let fetch a copy since a moment, before erasing too."""
    theirs = (conversation, _nobodys(conversation))
    recent = (copies.c.conversation.in_(theirs), copies.c.made_at > since)
    counted = select(func.count()).select_from(copies).where(*recent)
    return int((await connection.execute(counted)).scalar_one())


async def make_passes_nobodys(
    connection: AsyncConnection, conversation: str, at: datetime
) -> None:
    """End a conversation's passes and keep no more of them than what they are counted by."""
    theirs = copies.c.conversation == conversation
    ended = {"conversation": _nobodys(conversation), "until": at}
    await connection.execute(update(copies).where(theirs).values(ended))


def _nobodys(conversation: str) -> str:
    return f"{NOBODYS}{sha256(conversation.encode()).hexdigest()}"


async def forget_passes(connection: AsyncConnection, before: datetime) -> int:
    """Forget passes that ended before a moment; give their number."""
    return (await connection.execute(delete(copies).where(copies.c.until < before))).rowcount
