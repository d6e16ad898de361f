"""Talks as officials see them: who waits, who speaks with whom, and what was said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Table, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messages import Author, ChannelName, CitizenAddress, MessageKind
from bot.officials.models import OfficerId
from bot.officials.talks import Seen, TakeOver, Talk
from bot.storage.console_tables import takeovers, waiting_talks
from bot.storage.moments import moments
from bot.storage.people_tables import officers
from bot.storage.tables import inbox, outbox, turns, unreachable

# Nobody reads further down; who waits longest stands first.
LONGEST_LIST: Final = 100
LOOKED_THROUGH: Final = 200
Offices = Collection[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A talk in a list: its last question with how that ended, and the moment that matters.

    Of who waits that is when they asked; of a held talk when it ends; else when it was answered.
    """

    talk: int
    office: str
    channel: str
    words: str
    outcome: str
    at: datetime
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
    """What a citizen was told under one of their messages, by whom, and what became of it."""

    id: int
    under: int
    author: Author
    text: str
    at: datetime
    status: str
    error: str


async def waiting(connection: AsyncConnection, offices: Offices) -> tuple[Listed, ...]:
    """Give who waits for a person at ``offices`` (``None``: all), longest first."""
    last = _last_turn(waiting_talks)
    wanted = (
        select(waiting_talks, turns.c.outcome)
        .outerjoin(turns, turns.c.inbox_id == last)
        .where(_at(waiting_talks.c.office, offices))
        .order_by(waiting_talks.c.asked_at, waiting_talks.c.talk)
        .limit(LONGEST_LIST)
    )
    rows = await connection.execute(wanted)
    return tuple(
        Listed(
            talk=row.talk,
            office=row.office,
            channel=row.channel,
            words=row.question,
            outcome=row.outcome or "",
            at=row.asked_at,
        )
        for row in rows
    )


async def held_talks(
    connection: AsyncConnection, offices: Offices, now: datetime
) -> tuple[Listed, ...]:
    """Give the talks in which officials speak, the first to end first."""
    last = _last_turn(takeovers)
    wanted = (
        select(takeovers, turns.c.question, turns.c.outcome, officers.c.name)
        .outerjoin(turns, turns.c.inbox_id == last)
        .outerjoin(officers, officers.c.id == takeovers.c.officer)
        .where(_at(takeovers.c.office, offices), takeovers.c.until > moments(connection, now)())
        .order_by(takeovers.c.until, takeovers.c.talk)
        .limit(LONGEST_LIST)
    )
    rows = await connection.execute(wanted)
    return tuple(
        Listed(
            talk=row.talk,
            office=row.office,
            channel=row.channel,
            words=row.question or "",
            outcome=row.outcome or "",
            at=row.until,
            officer=OfficerId(row.officer),
            name=row.name or "",
        )
        for row in rows
    )


async def lately(connection: AsyncConnection, offices: Offices) -> tuple[Listed, ...]:
    """Give the talks answered last, newest first, each once."""
    wanted = (
        select(turns)
        .where(_at(turns.c.office, offices))
        .order_by(turns.c.created_at.desc())
        .limit(LOOKED_THROUGH)
    )
    found: dict[str, Listed] = {}
    for row in await connection.execute(wanted):
        if row.conversation not in found:
            found[row.conversation] = Listed(
                talk=row.inbox_id,
                office=row.office,
                channel=row.channel,
                words=row.question,
                outcome=row.outcome,
                at=row.created_at,
            )
    return tuple(found.values())


def _last_turn(table: Table) -> ColumnElement[int]:
    newest = select(func.max(turns.c.inbox_id)).where(turns.c.conversation == table.c.conversation)
    return newest.correlate(table).scalar_subquery()


def _at(column: ColumnElement[str], offices: Offices) -> ColumnElement[bool]:
    return true() if offices is None else column.in_(sorted(offices))


async def see_talk(connection: AsyncConnection, talk: int, now: datetime) -> Seen | None:
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
        .where(inbox.c.id == talk)
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
        select(inbox, turns.c.outcome, turns.c.procedure)
        .outerjoin(turns, turns.c.inbox_id == inbox.c.id)
        .where(inbox.c.conversation == talk.address.conversation, inbox.c.id > after)
        .order_by(inbox.c.id.desc())
        .limit(limit)
    )
    rows = (await connection.execute(wanted)).all()
    return tuple(map(_heard, reversed(rows)))


def _heard(row: Row[*tuple[Any, ...]]) -> Heard:
    known = row.kind in set(MessageKind)
    return Heard(
        id=row.id,
        kind=MessageKind(row.kind) if known else MessageKind.UNSUPPORTED,
        text=row.text,
        masked=tuple(filter(None, row.masked.split(","))),
        at=row.received_at,
        outcome=row.outcome or "",
        procedure=row.procedure or "",
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
        error=row.error_code,
    )
