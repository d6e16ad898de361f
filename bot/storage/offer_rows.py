"""Turns that offered choices or refused, and what was said around them, as rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Row, Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.outcomes import Outcome
from bot.messages import MessageKind
from bot.officials.questions import QuestionKind
from bot.storage.console_tables import questions
from bot.storage.group_rows import Asked
from bot.storage.outbox_rows import FIRST_SAID
from bot.storage.progress_rows import Mark
from bot.storage.question_rows import LeftOpen, keep_left_open
from bot.storage.tables import inbox, outbox, turns

# Turns of the talks around that are looked at in one round: nobody says so much in an hour.
MOST_AROUND: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTurn:
    """A turn as it was stored; ``near`` is what search thought of first, ``kept`` what it left."""

    number: int
    conversation: str
    channel: str
    office: str
    pressed: bool
    text: str
    masked: tuple[str, ...]
    outcome: str
    procedure: str
    near: str
    kept: str
    received_at: datetime
    at: datetime


async def ended_after(
    connection: AsyncConnection, outcome: Outcome, mark: Mark, until: datetime, limit: int
) -> tuple[StoredTurn, ...]:
    """Give the next turns behind ``mark`` that ended as ``outcome``, up to a moment, in order."""
    behind = or_(turns.c.created_at > mark.at, turns.c.inbox_id > mark.number)
    wanted = (
        _stored()
        .where(
            turns.c.outcome == outcome,
            turns.c.created_at.between(mark.at, until),
            behind,
        )
        .order_by(turns.c.created_at, turns.c.inbox_id)
        .limit(limit)
    )
    return tuple(map(_turn, await connection.execute(wanted)))


async def turns_around(
    connection: AsyncConnection, conversations: Collection[str], first: datetime, last: datetime
) -> tuple[StoredTurn, ...]:
    """Give what was said in talks between two moments, in its order."""
    wanted = (
        _stored()
        .where(
            turns.c.conversation.in_(sorted(conversations)),
            turns.c.created_at.between(first, last),
        )
        .order_by(turns.c.inbox_id)
        .limit(MOST_AROUND)
    )
    return tuple(map(_turn, await connection.execute(wanted)))


def _stored() -> Select[Any]:
    return (
        select(
            turns,
            inbox.c.kind,
            inbox.c.masked,
            inbox.c.received_at,
            questions.c.text.label("kept"),
        )
        .join(inbox, inbox.c.id == turns.c.inbox_id)
        .join(questions, questions.c.inbox_id == turns.c.inbox_id, isouter=True)
    )


def _turn(row: Row[Any]) -> StoredTurn:
    hits = orjson.loads(row.hits)
    return StoredTurn(
        number=row.inbox_id,
        conversation=row.conversation,
        channel=row.channel,
        office=row.office,
        pressed=row.kind == MessageKind.CHOICE,
        text=row.question,
        masked=tuple(filter(None, row.masked.split(","))),
        outcome=row.outcome,
        procedure=row.procedure,
        near=hits[0]["code"] if hits else "",
        kept=row.kept or "",
        received_at=row.received_at,
        at=row.created_at,
    )


async def choices_under(
    connection: AsyncConnection, messages: Collection[int]
) -> Mapping[int, Sequence[tuple[str, str]]]:
    """Give the choices offered under each of ``messages``: what stood on them, what they mean."""
    said = and_(outbox.c.inbox_id.in_(sorted(messages)), outbox.c.seq < FIRST_SAID)
    wanted = select(outbox.c.inbox_id, outbox.c.choices).where(said).order_by(outbox.c.seq)
    found: dict[int, list[tuple[str, str]]] = {}
    for row in await connection.execute(wanted):
        told = [(label, value) for label, value in orjson.loads(row.choices)]
        found.setdefault(row.inbox_id, []).extend(told)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A turn that left something open, the shape of its question, and why it is kept."""

    turn: StoredTurn
    shape: tuple[str, ...]
    kind: QuestionKind


async def keep_left(connection: AsyncConnection, left: Sequence[Left]) -> None:
    """Keep questions found in the stored turns, each counted in the group of its shape."""
    await keep_left_open(connection, map(_left_open, left))


def _left_open(one: Left) -> LeftOpen:
    turn = one.turn
    asked = Asked(
        office=turn.office,
        shape=one.shape,
        text=turn.text,
        near=turn.near,
        channel=turn.channel,
        at=turn.at,
        kind=one.kind,
    )
    return LeftOpen(
        number=turn.number,
        conversation=turn.conversation,
        received_at=turn.received_at,
        asked=asked,
    )
