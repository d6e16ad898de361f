"""The end of old rows: what citizens wrote is not kept longer than the office needs it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Select, Table, delete, exists, func, or_, select

from bot.feedback.moves import CaseState
from bot.storage.console_tables import (
    answers,
    follow_ups,
    question_groups,
    questions,
    waiting_talks,
)
from bot.storage.database import Database
from bot.storage.feedback_tables import cases, followers
from bot.storage.group_rows import count_all_wishes
from bot.storage.people_tables import once
from bot.storage.plan_tables import officer_chat_codes, officer_chats
from bot.storage.tables import OutboxStatus, conversations, inbox, outbox, turns, unreachable

BATCH: Final = 500
# Counts and a masked example of what was asked stay this much longer than the questions.
GROUPS_LONGER: Final = timedelta(days=730)
# An uncertain one too: nobody will send it any more.
ENDED: Final = (OutboxStatus.SENT, OutboxStatus.FAILED, OutboxStatus.UNCERTAIN)


async def forget_before(database: Database, moment: datetime, *, kept: frozenset[str]) -> int:
    """Delete what ended before ``moment`` in small transactions; give the number of rows.

    Messages not yet answered and replies not yet sent stay, whatever their age. ``kept`` channels
    fetch replies themselves, so theirs end by age alone. Who was long out of reach is tried anew.
    Of an officer's own chat, and of one that hears of a case not ended, the newest message stays:
    what is told there hangs on it.
    """
    ended = or_(outbox.c.status.in_(ENDED), outbox.c.channel.in_(kept))
    gone = await _forget(database, outbox, "id", (outbox.c.created_at < moment, ended))
    gone += await _forget(database, turns, "inbox_id", (turns.c.created_at < moment,))
    gone += await _forget_questions(database, moment)
    over = (inbox.c.received_at < moment, inbox.c.done.is_(True), inbox.c.id.not_in(_needed()))
    gone += await _forget(database, inbox, "id", over)
    gone += await _forget(
        database, waiting_talks, "conversation", (waiting_talks.c.asked_at < moment,)
    )
    gone += await _forget(database, once, "token_hash", (once.c.at < moment,))
    codes = officer_chat_codes
    gone += await _forget(database, codes, "digest", (codes.c.until < moment,))
    gone += await _forget(database, unreachable, "conversation", (unreachable.c.since < moment,))
    return gone + await _forget(
        database, conversations, "conversation", (conversations.c.updated_at < moment,)
    )


def _needed() -> Select[tuple[int]]:
    here, not_ended = (
        inbox.c.conversation,
        cases.c.state.not_in((CaseState.CLOSED, CaseState.REFUSED)),
    )
    own = exists().where(officer_chats.c.conversation == here)
    told = exists().where(cases.c.conversation == here, not_ended)
    follows = exists().where(
        followers.c.conversation == here, followers.c.case == cases.c.id, not_ended
    )
    return select(func.max(inbox.c.id)).where(or_(own, told, follows)).group_by(here)


async def _forget_questions(database: Database, moment: datetime) -> int:
    """Forget questions left open with their messages, and who wanted to be told of them."""
    gone = await _forget(database, questions, "inbox_id", (questions.c.asked_at < moment,))
    asked = exists().where(questions.c.inbox_id == follow_ups.c.inbox_id)
    unasked = await _forget(database, follow_ups, "inbox_id", (~asked,))
    if unasked:
        async with database.writing() as connection:
            await count_all_wishes(connection)
    old = question_groups.c.last_at < moment - GROUPS_LONGER
    gone += unasked + await _forget(database, question_groups, "id", (old,))
    grouped = exists().where(question_groups.c.id == answers.c.group)
    return gone + await _forget(database, answers, "id", (~grouped,))


async def _forget(
    database: Database, table: Table, key: str, old: tuple[ColumnElement[bool], ...]
) -> int:
    column = table.c[key]
    some = select(column).where(*old).limit(BATCH)
    gone = 0
    while True:
        async with database.writing() as connection:
            done = await connection.execute(delete(table).where(column.in_(some)))
        gone += done.rowcount
        if done.rowcount < BATCH:
            return gone
        await database.let_others_write()
