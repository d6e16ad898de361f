"""Until when a case is answered, once its citizen has done what they are about to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.filing.talk import Step as Question
from bot.feedback.drafts import Draft
from bot.feedback.moves import Act, Author, open_acts
from bot.handling.moments import timed
from bot.handling.ports import Clockwork
from bot.handling.stepping import By, Step
from bot.storage.case_rows import find_case

# What the answer to a question does to the case.
_ACTS: Final[Mapping[str, Act]] = {Question.ANSWERING: Act.REPLY, Question.REOPENING: Act.REOPEN}


async def foreseen(
    connection: AsyncConnection, clockwork: Clockwork, draft: Draft, now: datetime
) -> datetime | None:
    """Give the day that the answer to the question which stands leads to, if it may be told."""
    act = _ACTS.get(draft.step)
    case = await find_case(connection, draft.case) if act and draft.case else None
    if act is None or case is None or act not in open_acts(case.state, Author.CITIZEN):
        return None
    by = By(author=Author.CITIZEN, at=now)
    due = (await timed(connection, clockwork, case, Step(did=act), by)).data.get("due")
    return datetime.fromisoformat(due) if due else None
