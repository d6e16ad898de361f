"""Who is still to hear of a public step of a case, as rows, and what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import CaseId, Event
from bot.messages import Author, ChannelName, CitizenAddress, Reply
from bot.storage.case_rows import event_of
from bot.storage.feedback_tables import cases, events, notices
from bot.storage.outbox_rows import SAYING, to_say
from bot.storage.tables import unreachable


class NoticeStatus(StrEnum):
    """What became of a notice.

    A ``CLOSED`` one has no way into the chat: an officer calls, or it is told with the citizen's
    next message. ``SAID`` ones stand in the outbox; a ``FAILED`` one did not arrive from there.
    Of a ``TEMPLATED`` one a paid template told that there is an answer; ``PAYING`` it is being
    sent.
    """

    DUE = "due"
    SAID = "said"
    CLOSED = "closed"
    FAILED = "failed"
    PHONED = "phoned"
    PAYING = "paying"
    TEMPLATED = "templated"


# What the citizen has not heard of; a template names the case and tells nothing of it.
UNTOLD: Final = (
    *(NoticeStatus.DUE, NoticeStatus.CLOSED, NoticeStatus.FAILED),
    *(NoticeStatus.PAYING, NoticeStatus.TEMPLATED),
)
# Why one is closed.
UNREACHABLE: Final = "unreachable"
WINDOW: Final = "window"
NO_MESSAGE: Final = "no_message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A public step that somebody is to hear of; a follower is told of the case as of another's.

    ``reference`` and ``topic`` are the case's. Who is ``cut_off`` cannot be written to.
    """

    event: Event
    office: str
    reference: str
    topic: str
    address: CitizenAddress
    own: bool
    cut_off: bool = False


async def due_notices(
    connection: AsyncConnection,
    limit: int,
    *,
    kept: Collection[ChannelName],
    quiet: Collection[str],
) -> tuple[Notice, ...]:
    """Take the oldest due notices; what another process took is passed over.

    Those of the offices that are ``quiet`` are none by a channel that rings: however many they
    are, what may go now does not wait behind them.
    """
    rings = notices.c.channel.in_(frozenset(ChannelName) - frozenset(kept))
    now = or_(notices.c.channel.in_(kept), and_(rings, notices.c.office.not_in(quiet)))
    due = and_(notices.c.status == NoticeStatus.DUE, now)
    return await _taken(connection, _taking(due), most=limit)


async def offices_with_due(connection: AsyncConnection) -> tuple[str, ...]:
    """Give the offices of which somebody is still to hear."""
    wanted = select(notices.c.office).where(notices.c.status == NoticeStatus.DUE).distinct()
    return tuple((await connection.execute(wanted)).scalars())


async def notices_of_case(
    connection: AsyncConnection, case: CaseId, limit: int
) -> tuple[Notice, ...]:
    """Take the due notices of one case."""
    return await _taken(connection, _OF_CASE, number=case, most=limit)


async def untold_to(
    connection: AsyncConnection, conversations: Collection[str], limit: int
) -> tuple[Notice, ...]:
    """Take what the citizens of ``conversations`` have not heard of."""
    untold = and_(notices.c.conversation.in_(conversations), notices.c.status.in_(UNTOLD))
    return await _taken(connection, _taking(untold), most=limit)


async def _taken(
    connection: AsyncConnection, taking: Select[Any], **told: object
) -> tuple[Notice, ...]:
    return tuple(map(_notice, await connection.execute(taking, told)))


def _taking(wanted: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            events,
            notices.c.channel,
            notices.c.user_id,
            notices.c.office,
            cases.c.reference,
            cases.c.topic,
            (cases.c.conversation == notices.c.conversation).label("own"),
            unreachable.c.conversation.is_not(None).label("cut_off"),
        )
        .join(events, and_(events.c.case == notices.c.case, events.c.version == notices.c.version))
        .join(cases, cases.c.id == notices.c.case)
        .outerjoin(unreachable, unreachable.c.conversation == notices.c.conversation)
        .where(wanted)
        .order_by(notices.c.at, notices.c.case, notices.c.version)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=notices)
    )


# Put together once, as both are run for every step.
_OF_CASE: Final = _taking(
    and_(notices.c.status == NoticeStatus.DUE, notices.c.case == bindparam("number"))
)
_BECAME: Final = update(notices).where(
    notices.c.case == bindparam("number"),
    notices.c.version == bindparam("of"),
    notices.c.conversation == bindparam("whose"),
)
_ROW: Final = select(SAYING.cte("said").c.id)
_SAID: Final = (
    _BECAME.where(_ROW.exists()).values(outbox=_ROW.scalar_subquery()).returning(notices.c.outbox)
)


def _notice(row: Row[Any]) -> Notice:
    return Notice(
        event=event_of(row),
        office=row.office,
        reference=row.reference,
        topic=row.topic,
        address=CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id),
        own=row.own,
        cut_off=row.cut_off,
    )


async def say_notice(
    connection: AsyncConnection,
    notice: Notice,
    reply: Reply,
    at: datetime,
    kept: frozenset[ChannelName],
) -> int | None:
    """Say a notice and note where; give its row, none where no message of theirs is left.

    The caller holds the conversation's lock. A server does both in one statement.
    """
    said = to_say(notice.address, reply, author=Author.OFFICE, at=at, kept=kept)
    if connection.dialect.name != "sqlite":
        became = {"status": NoticeStatus.SAID, "reason": "", "at": at, **_key(notice), **said}
        where: int | None = (await connection.execute(_SAID, became)).scalar_one_or_none()
        return where
    row: int | None = (await connection.execute(SAYING, said)).scalar_one_or_none()
    if row is not None:
        await mark_notice(connection, notice, NoticeStatus.SAID, at, outbox_row=row)
    return row


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
    values = {"status": status, "outbox": outbox_row, "reason": reason, "at": at}
    await connection.execute(_BECAME, {**_key(notice), **values})


def _key(notice: Notice) -> dict[str, Any]:
    return {
        "number": notice.event.case,
        "of": notice.event.version,
        "whose": notice.address.conversation,
    }
