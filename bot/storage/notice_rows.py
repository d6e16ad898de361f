"""Who is still to hear of a public step of a case, as rows, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Row,
    String,
    and_,
    false,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId, Event, Remark
from bot.messages import ChannelName, CitizenAddress
from bot.storage.case_rows import event_of
from bot.storage.feedback_tables import cases, events, followers, notices
from bot.storage.tables import UtcDateTime


class NoticeStatus(StrEnum):
    """What became of a notice.

    A ``CLOSED`` one has no way into the chat: an officer calls, or it is told with the citizen's
    next message. ``SAID`` ones stand in the outbox; a ``FAILED`` one did not arrive from there.
    """

    DUE = "due"
    SAID = "said"
    CLOSED = "closed"
    FAILED = "failed"
    PHONED = "phoned"


# What the citizen has not heard of.
UNTOLD: Final = (NoticeStatus.DUE, NoticeStatus.CLOSED, NoticeStatus.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A public step that somebody is to hear of; a follower is told of the case as of another's.

    ``reference`` and ``topic`` are the case's.
    """

    event: Event
    office: str
    reference: str
    topic: str
    address: CitizenAddress
    own: bool


async def owe_notices(
    connection: AsyncConnection, event: Event, *, office: str, filer: CitizenAddress | None
) -> None:
    """Note that who follows a case, and ``filer``, are to hear of a step; in its transaction."""
    following = select(followers.c.conversation, followers.c.channel, followers.c.user_id).where(
        followers.c.case == event.case
    )
    if event.did is Remark.PROPOSED:
        # It is the filer's to say.
        following = following.where(false())
    told = following.subquery()
    if filer is not None:
        own = (filer.conversation, filer.channel, filer.user_id)
        # Who filed it may follow it, too, as after a merger: one row for each person.
        told = following.union(select(*(literal(one, String) for one in own))).subquery()
    rows = select(
        literal(event.case),
        literal(event.version),
        *told.c,
        literal(office, String),
        literal(NoticeStatus.DUE, String),
        literal("", String),
        literal(event.at, UtcDateTime()),
    )
    names = [
        *("case", "version", "conversation", "channel", "user_id"),
        *("office", "status", "reason", "at"),
    ]
    await connection.execute(insert(notices).from_select(names, rows))


async def due_notices(
    connection: AsyncConnection, channels: Collection[ChannelName], limit: int
) -> tuple[Notice, ...]:
    """Take the oldest due notices of ``channels``; what another process took is passed over."""
    due = and_(notices.c.status == NoticeStatus.DUE, notices.c.channel.in_(channels))
    return await _taken(connection, due, limit)


async def notices_of_case(
    connection: AsyncConnection, case: CaseId, limit: int
) -> tuple[Notice, ...]:
    """Take the due notices of one case."""
    due = and_(notices.c.status == NoticeStatus.DUE, notices.c.case == case)
    return await _taken(connection, due, limit)


async def untold_to(
    connection: AsyncConnection, conversations: Collection[str], limit: int
) -> tuple[Notice, ...]:
    """Take what the citizens of ``conversations`` have not heard of."""
    untold = and_(notices.c.conversation.in_(conversations), notices.c.status.in_(UNTOLD))
    return await _taken(connection, untold, limit)


async def _taken(
    connection: AsyncConnection, wanted: ColumnElement[bool], limit: int
) -> tuple[Notice, ...]:
    told = (
        select(
            events,
            notices.c.channel,
            notices.c.user_id,
            notices.c.office,
            cases.c.reference,
            cases.c.topic,
            (cases.c.conversation == notices.c.conversation).label("own"),
        )
        .join(events, and_(events.c.case == notices.c.case, events.c.version == notices.c.version))
        .join(cases, cases.c.id == notices.c.case)
        .where(wanted)
        .order_by(notices.c.at, notices.c.case, notices.c.version)
        .limit(limit)
        .with_for_update(skip_locked=True, of=notices)
    )
    return tuple(map(_notice, await connection.execute(told)))


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        event=event_of(row),
        office=row.office,
        reference=row.reference,
        topic=row.topic,
        address=CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id),
        own=row.own,
    )


async def mark_notice(
    connection: AsyncConnection,
    notice: Notice,
    status: NoticeStatus,
    at: datetime,
    *,
    outbox_row: int | None = None,
    reason: str = "",
) -> None:
    """Write what became of a notice; ``outbox_row`` is where it was said."""
    key = and_(
        notices.c.case == notice.event.case,
        notices.c.version == notice.event.version,
        notices.c.conversation == notice.address.conversation,
    )
    values = {"status": status, "outbox": outbox_row, "reason": reason, "at": at}
    await connection.execute(update(notices).where(key).values(values))
