"""Answers that are being written, or wait for a second pair of eyes: one for each case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.errors import Overtaken
from bot.feedback.models import CaseId, Result
from bot.officials.models import OfficerId
from bot.storage.feedback_tables import answers
from bot.storage.upserts import insert_into


class DraftStatus(StrEnum):
    """How far an answer is."""

    WRITTEN = "written"
    SUBMITTED = "submitted"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWords:
    """What is answered: the result, why not where it cannot be done, words.

    Files beside it are rows of their own (``answer_file_rows``).
    """

    result: Result
    text: str
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDraft:
    """An answer that is not given yet; ``author`` wrote in it last.

    ``note`` is what is to be mended in one that was returned. ``version`` grows with each change.
    """

    case: CaseId
    version: int
    words: AnswerWords
    author: OfficerId
    status: DraftStatus
    note: str
    changed_at: datetime


async def find_answer(connection: AsyncConnection, case: CaseId) -> AnswerDraft | None:
    """Give the answer that is being written for a case, locked until the transaction ends."""
    wanted = select(answers).where(answers.c.case == case).with_for_update()
    row = (await connection.execute(wanted)).one_or_none()
    return None if row is None else _read(row)


async def write_answer(
    connection: AsyncConnection,
    case: CaseId,
    words: AnswerWords,
    author: OfficerId,
    at: datetime,
) -> None:
    """Write an answer down, over whatever was written before."""
    values = {
        "result": words.result,
        "reason": words.code,
        "text": words.text,
        "author": author,
        "status": DraftStatus.WRITTEN,
        "note": "",
        "changed_at": at,
    }
    wish = insert_into(answers, connection.dialect).values(case=case, version=1, **values)
    await connection.execute(
        wish.on_conflict_do_update(
            index_elements=["case"], set_={**values, "version": answers.c.version + 1}
        )
    )


async def set_status(
    connection: AsyncConnection, draft: AnswerDraft, status: DraftStatus, *, note: str = ""
) -> None:
    """Move an answer on.

    Raises:
        Overtaken: somebody wrote in it meanwhile.
    """
    known = (answers.c.case == draft.case, answers.c.version == draft.version)
    after = {"status": status, "note": note, "version": draft.version + 1}
    if (await connection.execute(update(answers).where(*known).values(after))).rowcount != 1:
        raise Overtaken(f"the answer of case {draft.case}")


async def drop_answer(connection: AsyncConnection, case: CaseId) -> None:
    """Forget what was written; what was given stands in the case's events."""
    await connection.execute(delete(answers).where(answers.c.case == case))


def _read(row: Row[Any]) -> AnswerDraft:
    return AnswerDraft(
        case=CaseId(row.case),
        version=row.version,
        words=AnswerWords(
            result=Result(row.result),
            text=row.text,
            code=row.reason,
        ),
        author=OfficerId(row.author),
        status=DraftStatus(row.status),
        note=row.note,
        changed_at=row.changed_at,
    )
