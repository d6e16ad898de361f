"""What officers answered groups of questions with, as rows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.officials.changes import ChangeStatus
from bot.officials.models import OfficerId
from bot.officials.questions import Answer, AnswerKind, AnswerWords, Group
from bot.storage.console_tables import answers, changes
from bot.storage.people_tables import officers


async def add_answer(
    connection: AsyncConnection,
    group: Group,
    words: AnswerWords,
    *,
    officer: OfficerId,
    at: datetime,
) -> int:
    """Write an answer to a group and give its number."""
    made = insert(answers).values(
        group=group.id,
        office=group.office,
        kind=words.kind,
        text=words.text,
        ref=words.ref,
        change=words.change,
        officer=officer,
        at=at,
    )
    return int((await connection.execute(made.returning(answers.c.id))).scalar_one())


async def answers_of(connection: AsyncConnection, group: int) -> tuple[Answer, ...]:
    """Give all that was answered to a group, the newest first."""
    told = _told().where(answers.c.group == group).order_by(answers.c.id.desc())
    return tuple(map(_answer, await connection.execute(told)))


async def latest_answers(
    connection: AsyncConnection, groups: Collection[int]
) -> dict[int, Answer]:
    """Give what was answered last to each of ``groups``."""
    newest = (
        select(func.max(answers.c.id)).where(answers.c.group.in_(groups)).group_by(answers.c.group)
    )
    rows = await connection.execute(_told().where(answers.c.id.in_(newest)))
    return {row.group: _answer(row) for row in rows}


def _told() -> Select[Any]:
    return (
        select(answers, officers.c.name, officers.c.title, changes.c.status.label("change_status"))
        .join(officers, officers.c.id == answers.c.officer, isouter=True)
        .join(changes, changes.c.id == answers.c.change, isouter=True)
    )


def _answer(row: Row[Any]) -> Answer:
    words = AnswerWords(kind=AnswerKind(row.kind), text=row.text, ref=row.ref, change=row.change)
    return Answer(
        id=row.id,
        group=row.group,
        words=words,
        officer=OfficerId(row.officer),
        name=row.name or "",
        title=row.title or "",
        at=row.at,
        waits=row.change_status == ChangeStatus.WAITING,
    )
