"""Questions left open as rows, each in its group, as long as their messages are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.state import from_json, to_json
from bot.conversation.turn import Unmet
from bot.messages import ChannelName
from bot.officials.questions import FollowUpStatus, QuestionKind
from bot.storage.console_tables import follow_ups, question_groups, questions
from bot.storage.finished import Finished
from bot.storage.group_rows import Asked, count_asked
from bot.storage.outbox_rows import FOLLOW_UP
from bot.storage.tables import OutboxStatus, conversations, inbox, outbox, turns


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptQuestion:
    """One question left open, its text masked; ``wish`` when who asked agreed to be told.

    ``sent`` tells what became of the answer on its way.
    """

    inbox_id: int
    group: int
    office: str
    channel: ChannelName
    text: str
    asked_at: datetime
    kind: QuestionKind = QuestionKind.UNANSWERED
    wish: FollowUpStatus | None = None
    sent: OutboxStatus | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOpen:
    """A question a turn left open, and where it was asked; ``number`` is its message's row."""

    number: int
    conversation: str
    received_at: datetime
    asked: Asked


async def keep_left_open(connection: AsyncConnection, left: Iterable[LeftOpen]) -> None:
    """Keep questions, each counted in the group of its shape, in the caller's transaction."""
    # In one order everywhere, so that two processes do not wait for each other's groups.
    ordered = sorted(left, key=lambda one: (one.asked.office, one.asked.key))
    rows = [_row(one, await count_asked(connection, one.asked)) for one in ordered]
    if rows:
        await connection.execute(insert(questions), rows)


def _row(one: LeftOpen, group: int) -> dict[str, Any]:
    return {
        "inbox_id": one.number,
        "group": group,
        "office": one.asked.office,
        "channel": one.asked.channel,
        "conversation": one.conversation,
        "text": one.asked.text,
        # When its message came, so that both are forgotten together.
        "asked_at": one.received_at,
        "kind": one.asked.kind,
    }


async def keep_unmet(connection: AsyncConnection, finished: Sequence[Finished]) -> None:
    """Keep what turns left open, in the caller's transaction; the others cost nothing."""
    ended = ((one, one.result.unmet) for one in finished)
    await keep_left_open(connection, [_left_open(one, unmet) for one, unmet in ended if unmet])


def _left_open(one: Finished, unmet: Unmet) -> LeftOpen:
    message = one.claimed.message
    asked = Asked(
        office=one.result.office,
        shape=unmet.shape,
        text=unmet.text,
        near=unmet.near,
        channel=message.address.channel,
        at=one.at,
        kind=unmet.kind,
    )
    return LeftOpen(
        number=one.claimed.id,
        conversation=message.address.conversation,
        received_at=message.received_at,
        asked=asked,
    )


async def questions_of(
    connection: AsyncConnection, group: int, limit: int
) -> tuple[KeptQuestion, ...]:
    """Give the latest questions of a group, and what became of who wanted to be told."""
    asked = (
        _kept()
        .where(questions.c.group == group)
        .order_by(questions.c.asked_at.desc(), questions.c.inbox_id.desc())
        .limit(limit)
    )
    return tuple(map(_question, await connection.execute(asked)))


async def find_question(connection: AsyncConnection, question: int) -> KeptQuestion | None:
    """Give one question."""
    row = (await connection.execute(_kept().where(questions.c.inbox_id == question))).first()
    return _question(row) if row else None


def _kept() -> Select[Any]:
    answered = and_(outbox.c.inbox_id == questions.c.inbox_id, outbox.c.seq == FOLLOW_UP)
    return (
        select(questions, follow_ups.c.status.label("wish"), outbox.c.status.label("sent"))
        .join(follow_ups, follow_ups.c.inbox_id == questions.c.inbox_id, isouter=True)
        .join(outbox, answered, isouter=True)
    )


def _question(row: Row[Any]) -> KeptQuestion:
    return KeptQuestion(
        inbox_id=row.inbox_id,
        group=row.group,
        office=row.office,
        channel=ChannelName(row.channel),
        text=row.text,
        asked_at=row.asked_at,
        kind=QuestionKind(row.kind),
        wish=FollowUpStatus(row.wish) if row.wish else None,
        sent=OutboxStatus(row.sent) if row.sent else None,
    )


async def rewrite(connection: AsyncConnection, question: KeptQuestion, text: str) -> None:
    """Write other words wherever the question's own are kept, in the talk's memory too."""
    for column in (questions.c.text, inbox.c.text, turns.c.question):
        table = column.table
        key = table.c.id if table is inbox else table.c.inbox_id
        changed = update(table).where(key == question.inbox_id)
        await connection.execute(changed.values({column: text}))
    talk = select(questions.c.conversation).where(questions.c.inbox_id == question.inbox_id)
    remembered = (
        select(conversations).where(conversations.c.conversation.in_(talk)).with_for_update()
    )
    for row in (await connection.execute(remembered)).all():
        state = from_json(row.state)
        if state.question == question.text:
            mine = conversations.c.conversation == row.conversation
            told = to_json(replace(state, question=text))
            await connection.execute(update(conversations).where(mine).values(state=told))


async def rewrite_sample(connection: AsyncConnection, group: int, text: str) -> None:
    """Write the words a group is known by."""
    changed = update(question_groups).where(question_groups.c.id == group)
    await connection.execute(changed.values(sample=text))
