"""Who may fetch a copy of what is kept about them, as rows that soon end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import CitizenAddress
from bot.storage.feedback_person_tables import copies


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
    """Give a pass by its number, one that ended too."""
    wanted = select(copies).where(copies.c.id == number)
    row = (await connection.execute(wanted)).one_or_none()
    if row is None:
        return None
    address = CitizenAddress.of(row.conversation)
    return CopyPass(office=row.office, address=address, until=row.until)


async def passes_since(connection: AsyncConnection, conversation: str, since: datetime) -> int:
    """Count how often a conversation was let fetch a copy since a moment."""
    recent = (copies.c.conversation == conversation, copies.c.made_at > since)
    counted = select(func.count()).select_from(copies).where(*recent)
    return int((await connection.execute(counted)).scalar_one())


async def forget_passes(connection: AsyncConnection, before: datetime) -> int:
    """Forget passes that ended before a moment; give their number."""
    return (await connection.execute(delete(copies).where(copies.c.until < before))).rowcount
