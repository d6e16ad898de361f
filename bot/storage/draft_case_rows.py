"""Drafts of cases, and files that came with them, as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId
from bot.storage.feedback_person_tables import drafts
from bot.storage.feedback_tables import feedback_files
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


async def loose_files(connection: AsyncConnection, conversation: str) -> tuple[int, ...]:
    """Give the files of a conversation that belong to no case yet."""
    mine = (feedback_files.c.conversation == conversation, feedback_files.c.case.is_(None))
    wanted = select(feedback_files.c.id).where(*mine).order_by(feedback_files.c.id)
    return tuple((await connection.execute(wanted)).scalars())


async def drop_loose_files(
    connection: AsyncConnection, conversation: str, files: Collection[int] | None = None
) -> None:
    """Erase the files of a conversation that belong to no case, or those of them in ``files``."""
    mine = (feedback_files.c.conversation == conversation, feedback_files.c.case.is_(None))
    which = mine if files is None else (*mine, feedback_files.c.id.in_(files))
    await connection.execute(delete(feedback_files).where(*which))


async def give_files(
    connection: AsyncConnection,
    conversation: str,
    files: Collection[int],
    case: CaseId,
    version: int,
) -> int:
    """Let files of a conversation belong to a case; give how many there were."""
    mine = (
        feedback_files.c.conversation == conversation,
        feedback_files.c.case.is_(None),
        feedback_files.c.id.in_(files),
    )
    told = update(feedback_files).where(*mine).values(case=case, version=version)
    return (await connection.execute(told)).rowcount if files else 0
