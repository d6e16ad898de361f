"""Rows that tell of one conversation are taken out, but for those of its open cases.

What is counted stays without anybody: turns keep their outcome, consents their digest and day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, and_, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.addresses import Follower
from bot.feedback.models import CaseId
from bot.messages import ChannelName, CitizenAddress
from bot.storage.arrival_rows import erase_arrivals_of
from bot.storage.console_tables import follow_ups, questions, takeovers, waiting_talks
from bot.storage.copy_rows import make_passes_nobodys
from bot.storage.draft_case_rows import drop_draft
from bot.storage.feedback_person_tables import consents, sealed_items
from bot.storage.feedback_tables import cases, followers, notices
from bot.storage.forgotten_reader_rows import forget_rows
from bot.storage.group_rows import count_wishes
from bot.storage.photo_rows import drop_loose_files
from bot.storage.subscriber_rows import S, among
from bot.storage.tables import OutboxStatus, conversations, inbox, outbox, turns, unreachable
from bot.storage.zalo_forgetting_rows import keep_window_alone

# What is on its way, or about to be, is of an open case as a rule, and ends by itself.
UNSENT: Final = (OutboxStatus.CREATED, OutboxStatus.SENDING)
NOBODYS: Final[dict[str, Any]] = {"conversation": "", "question": "", "hits": "[]"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCase:
    """A case somebody filed: its number, its reference, where it is, and whether it is open."""

    id: CaseId
    reference: str
    office: str
    is_open: bool


async def own_cases(connection: AsyncConnection, conversation: str) -> Sequence[OwnCase]:
    """Give the cases a conversation filed."""
    told = cases.c["id", "reference", "office", "is_open"]
    wanted = select(*told).where(cases.c.conversation == conversation).order_by(cases.c.id)
    return [OwnCase(**row._mapping) for row in await connection.execute(wanted)]  # noqa: SLF001 - a row's public name for it


async def newest_message(connection: AsyncConnection, conversation: str) -> int:
    """Give the row of a conversation's newest message; 0 when there is none."""
    wanted = select(func.max(inbox.c.id)).where(inbox.c.conversation == conversation)
    return int((await connection.execute(wanted)).scalar() or 0)


async def erase_talk(connection: AsyncConnection, address: CitizenAddress, before: int) -> None:
    """Erase what was said in a chat before the message ``before``, on which what is told hangs."""
    talk = address.conversation
    # The reader of the sealed inbox decides about its items, and may have to ask their writer.
    sealed = select(sealed_items.c.anchor).where(sealed_items.c.anchor.is_not(None))
    old = (inbox.c.conversation == talk, inbox.c.id < before, inbox.c.id.not_in(sealed))
    await connection.execute(delete(inbox).where(*old))
    told = (outbox.c.conversation == talk, outbox.c.inbox_id < before)
    sent = outbox.c.status.not_in(UNSENT)
    await connection.execute(delete(outbox).where(*told, sent))
    counted = update(turns).where(turns.c.conversation == talk, turns.c.inbox_id <= before)
    await connection.execute(counted.values(NOBODYS))
    await connection.execute(delete(conversations).where(conversations.c.conversation == talk))
    await drop_draft(connection, talk)
    await drop_loose_files(connection, talk)


async def erase_beside(
    connection: AsyncConnection, address: CitizenAddress, person_digest: str, at: datetime
) -> None:
    """Erase who is told what, and withdraw what was agreed to, but for the open cases."""
    talk = address.conversation
    own = select(cases.c.id).where(cases.c.conversation == talk, cases.c.is_open)
    await _erase_questions(connection, talk)
    await make_passes_nobodys(connection, talk, at)
    for table in (waiting_talks, takeovers, unreachable, followers):
        await connection.execute(delete(table).where(table.c.conversation == talk))
    heard = (notices.c.conversation == talk, notices.c.case.not_in(own))
    await connection.execute(delete(notices).where(*heard))
    if address.channel is ChannelName.ZALO:
        await keep_window_alone(connection, Follower.of(address.user_id))
        await erase_arrivals_of(connection, talk)
    readers = select(S.id).where(among([(address.channel, address.user_id)]))
    known = (await connection.execute(readers)).scalars().all()
    await forget_rows(connection, known, at)
    await _withdraw(connection, person_digest, own, at)


async def _erase_questions(connection: AsyncConnection, talk: str) -> None:
    waited = select(follow_ups.c.group).where(follow_ups.c.conversation == talk)
    groups = (await connection.execute(waited)).scalars().all()
    await connection.execute(delete(follow_ups).where(follow_ups.c.conversation == talk))
    await connection.execute(delete(questions).where(questions.c.conversation == talk))
    await count_wishes(connection, set(groups))


async def _withdraw(
    connection: AsyncConnection, person_digest: str, own: Select[Any], at: datetime
) -> None:
    known = and_(consents.c.person_digest == person_digest, consents.c.withdrawn_at.is_(None))
    over = or_(consents.c.case.is_(None), consents.c.case.not_in(own))
    await connection.execute(update(consents).where(known, over).values(withdrawn_at=at))
