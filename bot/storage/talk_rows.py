"""Talks as officials see them: who waits, who speaks with whom, and what was said.

A talk with a case that complains of who reads is not there for them (``conflict_rows``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, FromClause, Row, Select, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Author, ChannelName, CitizenAddress, MessageKind, QuickReply
from bot.officials.models import OfficerId
from bot.officials.talks import Seen, TakeOver, Talk
from bot.storage.conflict_rows import talk_not_of
from bot.storage.console_tables import takeovers, waiting_talks
from bot.storage.moments import moments
from bot.storage.outbox_rows import choices_of
from bot.storage.people_tables import officers
from bot.storage.tables import OutboxStatus, inbox, outbox, turns, unreachable

# Nobody reads further down; who waits longest stands first.
LONGEST_LIST: Final = 100
LOOKED_THROUGH: Final = 200
Offices = Collection[str] | None
LAST: Final = "last_"
# What makes a ``Heard``, beside the turn that answered it.
HEARD: Final = (
    *(inbox.c[name] for name in ("id", "kind", "text", "masked", "received_at")),
    turns.c.outcome,
    turns.c.procedure,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A talk in a list: what was said in it last, and the moment that matters.

    Of who waits that is when they asked, and ``about`` what they had asked before; of a held talk
    when it ends; else when it was answered.
    """

    talk: int
    conversation: str
    office: str
    channel: str
    last: Heard | None
    at: datetime
    about: str = ""
    officer: OfficerId | None = None
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a citizen said and how it ended, empty while it is not answered."""

    id: int
    kind: MessageKind
    text: str
    masked: tuple[str, ...]
    at: datetime
    outcome: str
    procedure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a citizen was told under one of their messages, by whom, and what became of it.

    ``choices`` are the buttons that stood under it. Told ``in_part``, its end never left.
    """

    id: int
    under: int
    author: Author
    text: str
    at: datetime
    status: str
    choices: tuple[QuickReply, ...]
    in_part: bool = False


async def waiting(
    connection: AsyncConnection, reader: OfficerId, offices: Offices
) -> tuple[Listed, ...]:
    """Give who waits for a person at ``offices`` (``None``: all), longest first."""
    wanted = (
        _with_last(waiting_talks)
        .where(
            _at(waiting_talks.c.office, offices),
            talk_not_of(reader, waiting_talks.c.conversation),
        )
        .order_by(waiting_talks.c.asked_at, waiting_talks.c.talk)
        .limit(LONGEST_LIST)
    )
    rows = await connection.execute(wanted)
    return tuple(replace(_listed(row, at=row.asked_at), about=row.question) for row in rows)


async def held_talks(
    connection: AsyncConnection, reader: OfficerId, offices: Offices, now: datetime
) -> tuple[Listed, ...]:
    """Give the talks in which officials speak, the first to end first."""
    wanted = (
        _with_last(takeovers, officers.c.name)
        .outerjoin(officers, officers.c.id == takeovers.c.officer)
        .where(
            _at(takeovers.c.office, offices),
            takeovers.c.until > moments(connection, now)(),
            talk_not_of(reader, takeovers.c.conversation),
        )
        .order_by(takeovers.c.until, takeovers.c.talk)
        .limit(LONGEST_LIST)
    )
    rows = await connection.execute(wanted)
    return tuple(
        replace(_listed(row, at=row.until), officer=OfficerId(row.officer), name=row.name or "")
        for row in rows
    )


async def lately(
    connection: AsyncConnection, reader: OfficerId, offices: Offices
) -> tuple[Listed, ...]:
    """Give the talks answered last, newest first, each once."""
    newest = (
        select(
            turns.c.inbox_id.label("talk"),
            turns.c.conversation,
            turns.c.office,
            turns.c.channel,
            turns.c.created_at,
        )
        .where(_at(turns.c.office, offices), talk_not_of(reader, turns.c.conversation))
        .order_by(turns.c.created_at.desc(), turns.c.inbox_id.desc())
        .limit(LOOKED_THROUGH)
        .subquery()
    )
    found: dict[str, Listed] = {}
    wanted = _with_last(newest).order_by(newest.c.created_at.desc(), newest.c.talk.desc())
    for row in await connection.execute(wanted):
        found.setdefault(row.conversation, _listed(row, at=row.created_at))
    return tuple(found.values())


def _with_last(talks: FromClause, *more: ColumnElement[Any]) -> Select[Any]:
    """Ask for rows that name a conversation, each with the last thing its citizen said."""
    newest = select(func.max(inbox.c.id)).where(inbox.c.conversation == talks.c.conversation)
    last = (column.label(f"{LAST}{column.name}") for column in HEARD)
    return (
        select(talks, *last, *more)
        .select_from(talks)
        .outerjoin(inbox, inbox.c.id == newest.correlate(talks).scalar_subquery())
        .outerjoin(turns, turns.c.inbox_id == inbox.c.id)
    )


def _listed(row: Row[*tuple[Any, ...]], *, at: datetime) -> Listed:
    return Listed(
        talk=row.talk,
        conversation=row.conversation,
        office=row.office,
        channel=row.channel,
        last=_heard(row, LAST) if row.last_id is not None else None,
        at=at,
    )


def _at(column: ColumnElement[str], offices: Offices) -> ColumnElement[bool]:
    return true() if offices is None else column.in_(sorted(offices))


async def see_talk(
    connection: AsyncConnection, reader: OfficerId, talk: int, now: datetime
) -> Seen | None:
    """Give the talk that the message ``talk`` belongs to, in one statement."""
    answered_by = (
        select(turns.c.office)
        .where(turns.c.conversation == inbox.c.conversation, turns.c.office != "")
        .order_by(turns.c.inbox_id.desc())
        .limit(1)
        .scalar_subquery()
    )
    key = inbox.c.conversation
    wanted = (
        select(
            inbox.c.channel,
            inbox.c.user_id,
            answered_by.label("office"),
            *(column.label(f"held_{column.name}") for column in takeovers.c),
            officers.c.name,
            waiting_talks.c.asked_at,
            unreachable.c.since,
        )
        .outerjoin(
            takeovers,
            (takeovers.c.conversation == key) & (takeovers.c.until > moments(connection, now)()),
        )
        .outerjoin(officers, officers.c.id == takeovers.c.officer)
        .outerjoin(waiting_talks, waiting_talks.c.conversation == key)
        .outerjoin(unreachable, unreachable.c.conversation == key)
        .where(inbox.c.id == talk, talk_not_of(reader, key))
    )
    row = (await connection.execute(wanted)).first()
    return _seen(talk, row) if row else None


def _seen(talk: int, row: Row[*tuple[Any, ...]]) -> Seen:
    address = CitizenAddress(channel=ChannelName(row.channel), user_id=row.user_id)
    seen = Talk(id=talk, address=address, office=row.office or "")
    held = row.held_officer is not None and TakeOver(
        talk=seen,
        officer=OfficerId(row.held_officer),
        began_at=row.held_began_at,
        until=row.held_until,
    )
    return Seen(
        talk=seen,
        held=held or None,
        holder=row.name or "",
        waits_since=row.asked_at,
        unreachable=row.since is not None,
    )


async def heard(
    connection: AsyncConnection, talk: Talk, *, after: int = 0, limit: int
) -> tuple[Heard, ...]:
    """Give the last ``limit`` things a citizen said past the row ``after``, oldest first."""
    wanted = (
        select(*HEARD)
        .select_from(inbox)
        .outerjoin(turns, turns.c.inbox_id == inbox.c.id)
        .where(inbox.c.conversation == talk.address.conversation, inbox.c.id > after)
        .order_by(inbox.c.id.desc())
        .limit(limit)
    )
    rows = (await connection.execute(wanted)).all()
    return tuple(map(_heard, reversed(rows)))


def _heard(row: Row[*tuple[Any, ...]], prefix: str = "") -> Heard:
    told = {column.name: getattr(row, f"{prefix}{column.name}") for column in HEARD}
    known = told["kind"] in set(MessageKind)
    return Heard(
        id=told["id"],
        kind=MessageKind(told["kind"]) if known else MessageKind.UNSUPPORTED,
        text=told["text"],
        masked=tuple(filter(None, told["masked"].split(","))),
        at=told["received_at"],
        outcome=told["outcome"] or "",
        procedure=told["procedure"] or "",
    )


async def told(
    connection: AsyncConnection, talk: Talk, *, since: int = 0, after: int = 0, limit: int
) -> tuple[Told, ...]:
    """Give the last ``limit`` things said to a citizen, oldest first.

    They answer messages from ``since`` on and stand past the row ``after``.
    """
    wanted = (
        select(outbox)
        .where(
            outbox.c.conversation == talk.address.conversation,
            outbox.c.id > after,
            outbox.c.inbox_id >= since,
        )
        .order_by(outbox.c.id.desc())
        .limit(limit)
    )
    rows = (await connection.execute(wanted)).all()
    return tuple(map(_told, reversed(rows)))


def _told(row: Row[*tuple[Any, ...]]) -> Told:
    return Told(
        id=row.id,
        under=row.inbox_id,
        author=Author(row.author) if row.author in set(Author) else Author.OFFICE,
        text=row.text,
        at=row.created_at,
        status=row.status,
        choices=choices_of(row),
        in_part=row.status == OutboxStatus.FAILED and bool(row.external_id),
    )
