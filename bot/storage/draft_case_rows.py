"""Drafts of cases as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.feedback_person_tables import drafts
from bot.storage.upserts import insert_into


async def drafts_of(
    connection: AsyncConnection, conversations: Collection[str]
) -> Mapping[str, bytes]:
    """Give the sealed draft of each conversation that has one."""
    wanted = select(drafts.c.conversation, drafts.c.told_sealed)
    rows = await connection.execute(wanted.where(drafts.c.conversation.in_(conversations)))
    return {row.conversation: row.told_sealed for row in rows}


async def keep_draft(
    connection: AsyncConnection,
    conversation: str,
    *,
    office: str,
    step: str,
    sealed: bytes,
    at: datetime,
) -> None:
    """Store a draft in place of the one before."""
    told = {"office": office, "step": step, "told_sealed": sealed, "changed_at": at}
    wish = insert_into(drafts, connection.dialect).values(
        conversation=conversation, begun_at=at, **told
    )
    await connection.execute(
        wish.on_conflict_do_update(index_elements=["conversation"], set_=told)
    )


async def drop_draft(connection: AsyncConnection, conversation: str) -> None:
    """Forget a draft; its files stay until ``drop_loose_files`` or a case takes them."""
    await connection.execute(delete(drafts).where(drafts.c.conversation == conversation))
