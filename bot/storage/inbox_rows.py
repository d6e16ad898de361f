"""What citizens said, as rows: inserted once, claimed in order, finished with the answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Author, ChannelName, CitizenAddress, IncomingMessage, MessageKind
from bot.privacy import PersonalData
from bot.storage.errand_rows import run_errands
from bot.storage.feedback_person_tables import drafts
from bot.storage.finished import Claimed, Finished
from bot.storage.firsts import is_first, unindexed
from bot.storage.memory_rows import remember_unless_held
from bot.storage.moments import moments
from bot.storage.outbox_rows import reply_rows
from bot.storage.question_rows import keep_unmet
from bot.storage.sent_along import along_text, with_along
from bot.storage.subscriber_rows import see_writers
from bot.storage.tables import inbox, outbox, turns, unreachable
from bot.storage.upserts import insert_into

CLAIM: Final = timedelta(seconds=60)
# What is claimed for longer was claimed by a process whose clock was wrong.
LONGEST_CLAIM: Final = 10 * CLAIM


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """The row of each (channel, external id), and which of them were not there before."""

    rows: Mapping[tuple[str, str], int]
    fresh: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Messages without an answer, of how many conversations, and when the oldest came."""

    messages: int
    conversations: int
    oldest: datetime | None


async def insert_messages(
    connection: AsyncConnection, messages: Sequence[IncomingMessage]
) -> Inserted:
    """Insert what is not there yet and give the rows of all.

    Who writes can be written to again.
    """
    warned = await _warned(connection, messages)
    rows = {(m.address.channel, m.external_id): _row(m, warned) for m in messages}
    statement = (
        insert_into(inbox, connection.dialect)
        .on_conflict_do_nothing(index_elements=["channel", "external_id"])
        .returning(inbox.c.id, inbox.c.channel, inbox.c.external_id)
    )
    inserted = await connection.execute(statement, list(rows.values()))
    found = {(r.channel, r.external_id): int(r.id) for r in inserted}
    fresh = frozenset(found)
    writers = {rows[key]["conversation"] for key in found}
    await connection.execute(
        delete(unreachable).where(unreachable.c.conversation.in_(sorted(writers)))
    )
    missing = [key for key in rows if key not in fresh]
    if missing:
        known = select(inbox.c.id, inbox.c.channel, inbox.c.external_id).where(
            or_(*(and_(inbox.c.channel == c, inbox.c.external_id == e) for c, e in missing))
        )
        found |= {(r.channel, r.external_id): int(r.id) for r in await connection.execute(known)}
    return Inserted(rows=found, fresh=fresh)


async def _warned(
    connection: AsyncConnection, messages: Sequence[IncomingMessage]
) -> frozenset[str]:
    """Give the talks of denunciations that were told the lawful way: they are in a draft."""
    talks = {m.address.conversation for m in messages if m.sealed and _denounces(m)}
    if not talks:
        return frozenset()
    known = select(drafts.c.conversation).where(drafts.c.conversation.in_(sorted(talks)))
    return frozenset((await connection.execute(known)).scalars())


def _denounces(message: IncomingMessage) -> bool:
    return PersonalData.DENUNCIATION in message.masked


def _row(message: IncomingMessage, warned: frozenset[str]) -> dict[str, Any]:
    kept = not _denounces(message) or message.address.conversation in warned
    return {
        "channel": message.address.channel,
        "external_id": message.external_id,
        "user_id": message.address.user_id,
        "conversation": message.address.conversation,
        "kind": message.kind,
        "text": message.text,
        "masked": ",".join(message.masked),
        "along": along_text(message),
        "sealed": message.sealed if kept else None,
        "received_at": message.received_at,
        "attempts": 0,
        "done": False,
    }


async def claim_messages(
    connection: AsyncConnection, now: datetime, limit: int
) -> tuple[Claimed, ...]:
    """Take the oldest waiting message of conversations nobody is working on.

    PostgreSQL goes by its own clock; ``now`` counts for the embedded database alone.
    Another process skips the rows taken here; a claim ends by itself, so a killed process's
    messages are taken again.
    """
    at = moments(connection, now)
    free = or_(
        inbox.c.claimed_until.is_(None),
        inbox.c.claimed_until < at(),
        inbox.c.claimed_until > at(LONGEST_CLAIM),
    )
    waiting = (
        select(inbox)
        .where(
            is_first(connection, inbox, inbox.c.done.is_(False), _readable(inbox)),
            unindexed(inbox.c.done).is_(False),
            free,
        )
        .order_by(inbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = (await connection.execute(waiting)).all()
    if rows:
        await connection.execute(
            update(inbox)
            .where(inbox.c.id.in_([row.id for row in rows]))
            .values(claimed_until=at(CLAIM), attempts=inbox.c.attempts + 1)
        )
    return tuple(map(_claimed, rows))


async def set_aside_unreadable(connection: AsyncConnection) -> Sequence[Row[Any]]:
    """Mark waiting messages of a channel or kind this release does not know; give the new ones.

    They stay unanswered for the release that wrote them, and nothing waits behind them.
    """
    marked = (
        update(inbox)
        .where(inbox.c.done.is_(False), ~_readable(inbox), inbox.c.attempts == 0)
        .values(attempts=1)
        .returning(inbox.c.id, inbox.c.channel, inbox.c.kind)
    )
    return (await connection.execute(marked)).all()


def _readable(table: FromClause) -> ColumnElement[bool]:
    return and_(table.c.channel.in_(list(ChannelName)), table.c.kind.in_(list(MessageKind)))


def _claimed(row: Row[Any]) -> Claimed:
    message = IncomingMessage(
        address=CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id),
        external_id=row.external_id,
        kind=MessageKind(row.kind),
        text=row.text,
        received_at=row.received_at,
        masked=tuple(filter(None, row.masked.split(","))),
        sealed=row.sealed,
    )
    return Claimed(id=row.id, message=with_along(message, row.along), attempts=row.attempts)


async def release_claims(connection: AsyncConnection) -> None:
    """Give back every claim; only for a database that no other process serves."""
    claimed = and_(inbox.c.done.is_(False), inbox.c.claimed_until.is_not(None))
    await connection.execute(update(inbox).where(claimed).values(claimed_until=None))


async def waiting_messages(connection: AsyncConnection) -> Waiting:
    """Count what waits for its answer."""
    wanted = select(
        func.count(), func.count(inbox.c.conversation.distinct()), func.min(inbox.c.received_at)
    ).where(inbox.c.done.is_(False), _readable(inbox))
    messages, talks, oldest = (await connection.execute(wanted)).one()
    return Waiting(messages=messages, conversations=talks, oldest=oldest)


async def store_finished(
    connection: AsyncConnection, answered: Sequence[Finished], kept: frozenset[ChannelName]
) -> Sequence[Finished]:
    """Write answers, memory and replies, and close the messages, in the caller's transaction.

    A message answered by somebody else meanwhile breaks the transaction (``turns`` holds each
    once). ``kept`` names channels whose citizens fetch replies from the outbox themselves. Gives
    what was written: of a talk that an official holds, only what must not wait.
    """
    finished = await remember_unless_held(connection, answered)
    await connection.execute(insert(turns), [_turn_row(one) for one in finished])
    replies = [
        row
        for one in finished
        for row in reply_rows(
            one.claimed.id,
            one.claimed.message.address,
            one.result,
            one.at,
            kept,
            author=Author.OFFICE if one.held else Author.BOT,
        )
    ]
    if replies:
        await connection.execute(insert(outbox), replies)
    await connection.execute(
        update(inbox)
        .where(inbox.c.id.in_([one.claimed.id for one in finished]))
        # What is needed of what went along is where it belongs by now.
        .values(done=True, claimed_until=None, along=None, sealed=None)
    )
    await _put_aside(connection, [one.claimed for one in finished if one.result.withheld])
    await keep_unmet(connection, finished)
    await see_writers(connection, finished)
    await run_errands(connection, finished)
    return finished


async def empty_typed(connection: AsyncConnection, before: datetime) -> int:
    """Forget words as typed of messages that still wait for their answer; give their number."""
    old = and_(inbox.c.done.is_(False), inbox.c.sealed.is_not(None), inbox.c.received_at < before)
    return (await connection.execute(update(inbox).where(old).values(sealed=None))).rowcount


async def _put_aside(connection: AsyncConnection, withheld: Sequence[Claimed]) -> None:
    for one in withheld:
        words = {"text": one.message.text, "masked": ",".join(one.message.masked)}
        await connection.execute(update(inbox).where(inbox.c.id == one.id).values(words))


def _turn_row(one: Finished) -> dict[str, Any]:
    result = one.result
    return {
        "inbox_id": one.claimed.id,
        "conversation": one.claimed.message.address.conversation,
        "channel": one.claimed.message.address.channel,
        "question": one.claimed.message.text,
        "outcome": result.outcome,
        "procedure": result.procedure,
        "aspect": result.aspect,
        "hits": orjson.dumps(result.hits).decode(),
        "took_ms": round(one.took_ms),
        "created_at": one.at,
        "office": result.office,
    }
