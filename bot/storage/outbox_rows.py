"""Replies as rows: created with the answer, claimed in order, marked with what became of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
import structlog
from sqlalchemy import (
    ColumnElement,
    Row,
    bindparam,
    exists,
    func,
    insert,
    not_,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningInsert

from bot.conversation.turn import TurnResult
from bot.messages import (
    Author,
    ChannelName,
    CitizenAddress,
    OutgoingMessage,
    QuickReply,
    Reply,
)
from bot.storage.firsts import is_first, unindexed
from bot.storage.moments import moments
from bot.storage.reply_parts import parts_text, with_parts
from bot.storage.subscriber_rows import lose
from bot.storage.tables import OutboxStatus, inbox, outbox, turns, unreachable
from bot.storage.upserts import insert_into
from broadcasts.models import SubscriberStatus

CLAIM: Final = timedelta(seconds=120)
# What is claimed for longer was claimed by a process whose clock was wrong.
LONGEST_CLAIM: Final = 10 * CLAIM
NOTHING_WENT: Final = outbox.c.external_id == ""  # of what failed; else a part arrived
AT_ONCE: Final = datetime.fromtimestamp(0, UTC)
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parcel:
    """A reply taken for sending, how often it was tried before, and since when it waits."""

    message: OutgoingMessage
    attempts: int
    created_at: datetime


def reply_rows(
    inbox_id: int,
    address: CitizenAddress,
    result: TurnResult,
    at: datetime,
    kept: frozenset[ChannelName],
    *,
    author: Author = Author.BOT,
) -> list[dict[str, Any]]:
    """Give the outbox rows of an answer; on a ``kept`` channel the row itself is the delivery."""
    return [
        said_row(
            Place(inbox_id, seq), address, reply, at, kept=address.channel in kept, author=author
        )
        for seq, reply in enumerate(result.replies)
    ]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reply stands: under which message, and as which of its replies.

    Numbers below 100 are the program's replies: of the last two ``OWN_DATA`` tells what was done
    with the citizen's data, ``NOT_FETCHED`` that the photo sent cannot be had; below 1,000 is
    what officers say in a talk they took over, ``FOLLOW_UP`` is the answer told later, ``NEWS``
    and more a broadcast's run each: a place is taken once, so nothing is said twice.
    """

    inbox_id: int
    seq: int


OWN_DATA: Final = 98
NOT_FETCHED: Final = 99
FIRST_SAID: Final = 100
FOLLOW_UP: Final = 1000
NEWS: Final = 10_000


def said_row(
    place: Place,
    address: CitizenAddress,
    reply: Reply,
    at: datetime,
    *,
    kept: bool,
    author: Author = Author.BOT,
) -> dict[str, Any]:
    """Give the outbox row of one reply; ``kept`` when the citizen fetches it from there."""
    row = _row(address, reply, at, kept=kept, author=author)
    return {"inbox_id": place.inbox_id, "seq": place.seq, **row}


def _row(
    address: CitizenAddress, reply: Reply, at: datetime, *, kept: bool, author: Author
) -> dict[str, Any]:
    return {
        "channel": address.channel,
        "user_id": address.user_id,
        "conversation": address.conversation,
        "text": reply.text,
        "choices": orjson.dumps([(c.label, c.value) for c in reply.choices]).decode(),
        "parts": parts_text(reply),
        "status": OutboxStatus.SENT if kept else OutboxStatus.CREATED,
        "attempts": 0,
        "not_before": AT_ONCE,
        "external_id": "",
        "error_code": "",
        "created_at": at,
        "author": author,
    }


async def say_to(
    connection: AsyncConnection,
    address: CitizenAddress,
    reply: Reply,
    *,
    author: Author,
    at: datetime,
    kept: frozenset[ChannelName],
) -> int | None:
    """Put into the outbox what somebody beside the bot says; give its row.

    It hangs on the citizen's newest message, behind the bot's replies to it; nothing is said to
    who has no message left. The caller holds the conversation's lock, so the places stay apart.
    """
    told = to_say(address, reply, author=author, at=at, kept=kept)
    row: int | None = (await connection.execute(SAYING, told)).scalar_one_or_none()
    return row


def to_say(
    address: CitizenAddress,
    reply: Reply,
    *,
    author: Author,
    at: datetime,
    kept: frozenset[ChannelName],
) -> dict[str, Any]:
    """Give what ``SAYING`` takes."""
    row = _row(address, reply, at, kept=address.channel in kept, author=author)
    return {f"said_{name}": value for name, value in row.items()}


def _saying() -> ReturningInsert[Any]:
    found = {"id", "inbox_id", "seq", "claimed_until"}
    columns = (one for one in outbox.c if one.name not in found)
    told = {one.name: bindparam(f"said_{one.name}", type_=one.type) for one in columns}
    mine = inbox.c.conversation == told["conversation"]
    newest = select(func.max(inbox.c.id).label("id")).where(mine).subquery()
    last = select(func.max(outbox.c.seq)).where(
        outbox.c.inbox_id == newest.c.id, outbox.c.seq.between(FIRST_SAID, FOLLOW_UP - 1)
    )
    seq = func.coalesce(last.scalar_subquery() + 1, FIRST_SAID)
    row = select(newest.c.id, seq, *told.values()).where(newest.c.id.is_not(None))
    return insert(outbox).from_select(["inbox_id", "seq", *told], row).returning(outbox.c.id)


# ``say_to`` as a statement, to which others may be joined; it gives no row where nobody was told.
SAYING: Final = _saying()


async def claim_parcels(
    connection: AsyncConnection,
    channel: ChannelName,
    now: datetime,
    limit: int,
    *,
    of: str = "",
    without: Collection[str] = (),
) -> tuple[Parcel, ...]:
    """Take the oldest waiting reply of each citizen of ``channel``.

    Of an account's citizens alone, or ``without`` those of some; see ``CitizenAddress.account``.
    The caller commits the claim before anything is sent. PostgreSQL goes by its own clock; ``now``
    counts for the embedded database alone.
    """
    at = moments(connection, now)
    unsent = outbox.c.status.in_([OutboxStatus.CREATED, OutboxStatus.SENDING])
    waiting = (
        select(outbox)
        .where(
            is_first(connection, outbox, unsent, outbox.c.channel == channel),
            unindexed(outbox.c.status) == OutboxStatus.CREATED,
            outbox.c.not_before <= at(),
            *([_is_of(of)] if of else ()),
            *(not_(_is_of(one)) for one in sorted(without)),
        )
        .order_by(outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await connection.execute(waiting)).all()
    if rows:
        await connection.execute(
            update(outbox)
            .where(outbox.c.id.in_([row.id for row in rows]))
            .values(
                status=OutboxStatus.SENDING,
                claimed_until=at(CLAIM),
                attempts=outbox.c.attempts + 1,
            )
        )
    return tuple(Parcel(outgoing(row), row.attempts, row.created_at) for row in rows)


def _is_of(account: str) -> ColumnElement[bool]:
    return outbox.c.user_id.startswith(f"{account}:", autoescape=True)


def outgoing(row: Row[Any]) -> OutgoingMessage:
    """Read a row back; choices in the form of another release are left out, the text counts."""
    return OutgoingMessage(
        id=row.id,
        address=CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id),
        reply=with_parts(Reply(row.text, choices_of(row)), row.parts, row=row.id),
        # Of an author this release does not know so much is sure: it was not the bot.
        author=Author(row.author) if row.author in set(Author) else Author.OFFICE,
    )


def choices_of(row: Row[Any]) -> tuple[QuickReply, ...]:
    """Read the choices under a reply; none when another release wrote them."""
    try:
        return tuple(QuickReply(*map(str, pair)) for pair in orjson.loads(row.choices))
    except (TypeError, ValueError):
        log.warning("choices_not_read", reply=row.id)
        return ()


async def mark(
    connection: AsyncConnection,
    row_id: int,
    status: OutboxStatus,
    *,
    external_id: str = "",
    error_code: str = "",
    not_before: ColumnElement[datetime] | None = None,
) -> None:
    """Write what became of a reply; ``not_before`` is a moment by the database's clock."""
    values: dict[str, Any] = {
        "status": status,
        "external_id": external_id,
        "error_code": error_code,
        "claimed_until": None,
    }
    if not_before is not None:
        values["not_before"] = not_before
    await connection.execute(update(outbox).where(outbox.c.id == row_id).values(values))


async def mark_unreachable(
    connection: AsyncConnection, conversation: str, reason: str, now: datetime
) -> None:
    """Remember that a citizen cannot be written to any more, with news neither."""
    await connection.execute(
        insert_into(unreachable, connection.dialect)
        .values(conversation=conversation, reason=reason, since=now)
        .on_conflict_do_nothing(index_elements=["conversation"])
    )
    await lose(connection, conversation, SubscriberStatus.BLOCKED, now)


async def fail_unreachable(connection: AsyncConnection, channel: ChannelName) -> None:
    """Give up the waiting replies to citizens who cannot be written to.

    A citizen is reachable again as soon as a message of theirs is stored.
    """
    reason = (
        select(unreachable.c.reason)
        .where(unreachable.c.conversation == outbox.c.conversation)
        .scalar_subquery()
    )
    await connection.execute(
        update(outbox)
        .where(
            outbox.c.status == OutboxStatus.CREATED,
            outbox.c.channel == channel,
            exists().where(unreachable.c.conversation == outbox.c.conversation),
        )
        .values(status=OutboxStatus.FAILED, error_code=reason)
    )


async def doubt_abandoned(connection: AsyncConnection, now: datetime) -> None:
    """Mark replies whose sender died as uncertain: nobody knows whether they arrived.

    They are never sent again by themselves. PostgreSQL goes by its own clock; ``now`` counts for
    the embedded database alone.
    """
    at = moments(connection, now)
    await connection.execute(
        update(outbox)
        .where(
            outbox.c.status == OutboxStatus.SENDING,
            or_(outbox.c.claimed_until < at(), outbox.c.claimed_until > at(LONGEST_CLAIM)),
        )
        .values(status=OutboxStatus.UNCERTAIN, claimed_until=None)
    )


async def replies_of(
    connection: AsyncConnection, inbox_id: int
) -> tuple[OutgoingMessage, ...] | None:
    """Give the replies to one message, or nothing while it is not answered."""
    answered = select(turns.c.inbox_id).where(turns.c.inbox_id == inbox_id)
    if (await connection.execute(answered)).first() is None:
        return None
    rows = select(outbox).where(outbox.c.inbox_id == inbox_id).order_by(outbox.c.seq)
    return tuple(map(outgoing, (await connection.execute(rows)).all()))


async def replies_after(
    connection: AsyncConnection, address: CitizenAddress, last_id: int, limit: int
) -> Sequence[OutgoingMessage]:
    """Give a citizen's replies past ``last_id``, oldest first."""
    rows = (
        select(outbox)
        .where(outbox.c.conversation == address.conversation, outbox.c.id > last_id)
        .order_by(outbox.c.id)
        .limit(limit)
    )
    return tuple(map(outgoing, (await connection.execute(rows)).all()))


async def reply_row(connection: AsyncConnection, row_id: int) -> OutgoingMessage | None:
    """Give one reply by its row."""
    row = (await connection.execute(select(outbox).where(outbox.c.id == row_id))).first()
    return outgoing(row) if row else None
