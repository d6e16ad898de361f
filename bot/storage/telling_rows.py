"""Who is to be told an answer now, as rows, and what became of it.

A follow-up is taken by whoever gets its row first; nobody waits for another's, so who is told by
one process is passed over by the others.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import ChannelName, CitizenAddress, Reply
from bot.officials.questions import CLOSED, FollowUpStatus, Reach
from bot.storage.console_tables import answers, follow_ups, question_groups, questions
from bot.storage.group_rows import UNTOLD, count_wishes
from bot.storage.outbox_rows import FOLLOW_UP, NOTHING_WENT, Place, said_row
from bot.storage.tables import OutboxStatus, inbox, outbox, unreachable
from bot.storage.upserts import insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Somebody who is to be told: their question, masked, and the group it stands in."""

    inbox_id: int
    group: int
    office: str
    address: CitizenAddress
    question: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What one citizen is told."""

    due: Due
    reply: Reply


# What became of what was told; forgotten with its message, it was told.
SENT: Final = {
    OutboxStatus.CREATED: Reach.SENDING,
    OutboxStatus.SENDING: Reach.SENDING,
    OutboxStatus.FAILED: Reach.LOST,
    OutboxStatus.UNCERTAIN: Reach.LOST,
}
# Covered by an answer: asked before it, or in a group that stands answered.
_COVERED: Final = or_(
    question_groups.c.status.in_(CLOSED),
    exists().where(answers.c.group == follow_ups.c.group, answers.c.at >= questions.c.asked_at),
)
_ANSWERED: Final = exists().where(answers.c.group == follow_ups.c.group)


async def due_in(
    connection: AsyncConnection, group: int, channels: Collection[ChannelName], limit: int
) -> tuple[Due, ...]:
    """Take up to ``limit`` who wait for the answer to a group on one of ``channels``."""
    waiting = and_(
        follow_ups.c.group == group,
        follow_ups.c.status == FollowUpStatus.WAITING,
        follow_ups.c.channel.in_(channels),
    )
    return await _taken(connection, waiting, limit)


async def due_to(
    connection: AsyncConnection, conversations: Collection[str], limit: int
) -> tuple[Due, ...]:
    """Take up to ``limit`` answers the citizens of ``conversations`` have not been told."""
    untold = and_(follow_ups.c.conversation.in_(conversations), follow_ups.c.status.in_(UNTOLD))
    return await _taken(connection, untold, limit)


async def _taken(
    connection: AsyncConnection, wanted: ColumnElement[bool], limit: int
) -> tuple[Due, ...]:
    taken = (
        _with_question(follow_ups, questions.c.text)
        .where(wanted, _ANSWERED, _COVERED)
        .order_by(follow_ups.c.inbox_id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=follow_ups)
    )
    return tuple(map(_due, await connection.execute(taken)))


def _with_question(*columns: Any) -> Select[Any]:  # noqa: ANN401
    return (
        select(*columns)
        .join(questions, questions.c.inbox_id == follow_ups.c.inbox_id)
        .join(question_groups, question_groups.c.id == follow_ups.c.group)
    )


def _due(row: Row[Any]) -> Due:
    return Due(
        inbox_id=row.inbox_id,
        group=row.group,
        office=row.office,
        address=CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id),
        question=row.text,
    )


async def groups_due(connection: AsyncConnection, limit: int) -> tuple[tuple[int, str], ...]:
    """Give groups in which somebody waits for an answer that is there, with their offices."""
    due = (
        _with_question(follow_ups.c.group, follow_ups.c.office)
        .where(follow_ups.c.status == FollowUpStatus.WAITING, _ANSWERED, _COVERED)
        .distinct()
        .order_by(follow_ups.c.group)
        .limit(limit)
    )
    return tuple((row.group, row.office) for row in await connection.execute(due))


async def reach_of(connection: AsyncConnection, group: int) -> dict[Reach, dict[str, int]]:
    """Count how far the answer came to those who agreed to be told, by channel."""
    sent = and_(outbox.c.inbox_id == follow_ups.c.inbox_id, outbox.c.seq == FOLLOW_UP)
    columns = (
        follow_ups.c.channel,
        follow_ups.c.status,
        outbox.c.status.label("sent"),
        unreachable.c.conversation.is_not(None).label("gone"),
    )
    counted = (
        select(*columns, func.count().label("people"))
        .select_from(follow_ups)
        .outerjoin(outbox, sent)
        .outerjoin(unreachable, unreachable.c.conversation == follow_ups.c.conversation)
        .where(follow_ups.c.group == group, follow_ups.c.status != FollowUpStatus.WITHDRAWN)
        .group_by(*columns)
        .order_by(follow_ups.c.channel)
    )
    found: dict[Reach, dict[str, int]] = {}
    for row in await connection.execute(counted):
        channels = found.setdefault(_reach(row), {})
        channels[row.channel] = channels.get(row.channel, 0) + row.people
    return found


def _reach(row: Row[Any]) -> Reach:
    if row.status == FollowUpStatus.TOLD:
        return SENT.get(row.sent, Reach.TOLD)
    if row.status == FollowUpStatus.LATER:
        return Reach.LATER
    return Reach.GONE if row.gone else Reach.WAITING


async def last_heard(
    connection: AsyncConnection, conversations: Collection[str]
) -> dict[str, datetime]:
    """Give when each citizen wrote last."""
    heard = (
        select(inbox.c.conversation, func.max(inbox.c.received_at).label("at"))
        .where(inbox.c.conversation.in_(conversations))
        .group_by(inbox.c.conversation)
    )
    return {row.conversation: row.at for row in await connection.execute(heard)}


async def tell(
    connection: AsyncConnection,
    tellings: Sequence[Telling],
    *,
    at: datetime,
    kept: Collection[ChannelName],
) -> None:
    """Write what citizens are told, each once: a place in the outbox is taken once."""
    if not tellings:
        return
    rows = [
        said_row(
            Place(one.due.inbox_id, FOLLOW_UP),
            one.due.address,
            one.reply,
            at,
            kept=one.due.address.channel in kept,
        )
        for one in tellings
    ]
    wish = insert_into(outbox, connection.dialect)
    # What could not be delivered then is delivered now; nothing else is told again.
    again = ("text", "choices", "status", "attempts", "not_before", "error_code", "created_at")
    await connection.execute(
        wish.on_conflict_do_update(
            index_elements=["inbox_id", "seq"],
            set_={name: wish.excluded[name] for name in again},
            where=and_(outbox.c.status == OutboxStatus.FAILED, NOTHING_WENT),
        ),
        rows,
    )
    await _end(connection, [one.due for one in tellings], FollowUpStatus.TOLD, at)


async def cut_off(connection: AsyncConnection, conversations: Collection[str]) -> frozenset[str]:
    """Give those of ``conversations`` that cannot be written to."""
    wanted = select(unreachable.c.conversation).where(
        unreachable.c.conversation.in_(sorted(conversations))
    )
    return frozenset((await connection.execute(wanted)).scalars())


async def told_in_vain(connection: AsyncConnection, conversation: str) -> None:
    """Let a citizen who cannot be written to be told when they write again."""
    lost = exists().where(
        outbox.c.inbox_id == follow_ups.c.inbox_id,
        outbox.c.seq == FOLLOW_UP,
        outbox.c.status.in_([OutboxStatus.CREATED, OutboxStatus.FAILED]),
        NOTHING_WENT,
    )
    again = (
        update(follow_ups)
        .where(
            follow_ups.c.conversation == conversation,
            follow_ups.c.status == FollowUpStatus.TOLD,
            lost,
        )
        .values(status=FollowUpStatus.LATER, told_at=None)
        .returning(follow_ups.c.group)
    )
    groups = {row.group for row in await connection.execute(again)}
    await count_wishes(connection, groups)


async def put_off(connection: AsyncConnection, due: Sequence[Due]) -> None:
    """Note that citizens can only be told with their next message."""
    if due:
        await _end(connection, due, FollowUpStatus.LATER, None)


async def _end(
    connection: AsyncConnection, due: Sequence[Due], status: FollowUpStatus, at: datetime | None
) -> None:
    ended = update(follow_ups).where(follow_ups.c.inbox_id.in_([one.inbox_id for one in due]))
    await connection.execute(ended.values(status=status, told_at=at))
    await count_wishes(connection, {one.group for one in due})
