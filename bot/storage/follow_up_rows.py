"""Who agreed to be told an answer later, as rows: one for each question, told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.turn import Agreement
from bot.conversation.unmet import mark_of
from bot.messages import CitizenAddress
from bot.officials.questions import BESIDE, FollowUpStatus
from bot.storage.console_tables import follow_ups, questions
from bot.storage.group_rows import UNTOLD, count_wishes
from bot.storage.tables import inbox
from bot.storage.upserts import insert_into

# A choice further back than this many open questions of one citizen is no longer followed.
LATEST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A citizen's agreement to be told, and when they gave it."""

    address: CitizenAddress
    agreement: Agreement
    at: datetime


async def agree(connection: AsyncConnection, agreed: Agreed) -> bool:
    """Note that somebody wants to be told; tell whether their question is still known.

    Agreed twice it counts once. Who took it back and agrees again is told after all.
    """
    question = await _meant(connection, agreed)
    if question is None:
        return False
    wish = insert_into(follow_ups, connection.dialect).values(
        inbox_id=question.inbox_id,
        group=question.group,
        office=question.office,
        channel=agreed.address.channel,
        user_id=agreed.address.user_id,
        conversation=agreed.address.conversation,
        agreed_at=agreed.at,
        words=sha256(agreed.agreement.words.encode()).hexdigest(),
        status=FollowUpStatus.WAITING,
    )
    await connection.execute(
        wish.on_conflict_do_update(
            index_elements=["inbox_id"],
            set_={
                "status": FollowUpStatus.WAITING,
                "agreed_at": wish.excluded.agreed_at,
                "words": wish.excluded.words,
            },
            where=follow_ups.c.status == FollowUpStatus.WITHDRAWN,
        )
    )
    await count_wishes(connection, [question.group])
    return True


@dataclass(frozen=True, slots=True)
class _Question:
    inbox_id: int
    group: int
    office: str


async def _meant(connection: AsyncConnection, agreed: Agreed) -> _Question | None:
    """Give the open question of a citizen that a choice's mark names."""
    asked = (
        select(questions.c.inbox_id, questions.c.group, questions.c.office, inbox.c.external_id)
        .join(inbox, inbox.c.id == questions.c.inbox_id)
        .where(
            questions.c.conversation == agreed.address.conversation,
            questions.c.kind.not_in(BESIDE),
        )
        .order_by(questions.c.inbox_id.desc())
        .limit(LATEST)
    )
    for row in await connection.execute(asked):
        if mark_of(row.external_id) == agreed.agreement.mark:
            return _Question(row.inbox_id, row.group, row.office)
    return None


async def withdraw(connection: AsyncConnection, address: CitizenAddress) -> int:
    """Take back all that a citizen agreed to be told and was not told yet; give how many."""
    gone = (
        update(follow_ups)
        .where(
            follow_ups.c.conversation == address.conversation,
            follow_ups.c.status.in_(UNTOLD),
        )
        .values(status=FollowUpStatus.WITHDRAWN)
        .returning(follow_ups.c.group)
    )
    groups = [row.group for row in await connection.execute(gone)]
    await count_wishes(connection, set(groups))
    return len(groups)
