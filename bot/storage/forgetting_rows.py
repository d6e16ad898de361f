"""What of an ended case is about persons, taken out of the rows; what is counted stays in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.models import Case
from bot.storage.case_answer_rows import drop_answer
from bot.storage.case_claim_rows import drop_claim
from bot.storage.conflict_rows import lift_complained
from bot.storage.feedback_tables import (
    cases,
    events,
    feedback_files,
    fetches,
    followers,
    notices,
)
from bot.storage.notice_rows import UNTOLD
from bot.storage.outer_rows import untie_outers
from bot.storage.release_rows import withdraw

# The columns of a case that tell of somebody, each as a case has it of which nothing is known.
NOTHING: Final[dict[str, Any]] = {
    "words": "",
    "words_sealed": None,
    "happened": "",
    "place": "",
    "place_sealed": None,
    "latitude": None,
    "longitude": None,
    "user_id": "",
    "conversation": "",
    "anchor": None,
    "call_back": False,
    "contact_sealed": None,
    "contact_digest": None,
    "publicity": "private",
}
# Of an event's data: numbers, codes and days. Whatever is not named here may be somebody's words.
COUNTED: Final = frozenset(
    {
        *("answer", "before", "case", "code", "day", "due", "due_at", "factor", "files", "from"),
        *("grade", "kind", "level", "main", "officer", "people", "promised", "result", "share"),
        *("steps", "to", "told", "topic", "unit", "unit_id", "until", "way"),
    }
)


async def forget_words(connection: AsyncConnection, case: Case, at: datetime) -> None:
    """Take words, place, contact and chat out of a case, and the words out of its events."""
    known = cases.c.id == case.id
    await connection.execute(update(cases).where(known).values(**NOTHING, erased_at=at))
    rows = select(events.c.id, events.c.data).where(events.c.case == case.id)
    for row in (await connection.execute(rows)).all():
        told = {name: one for name, one in orjson.loads(row.data).items() if name in COUNTED}
        bare = {"text": "", "text_sealed": None, "data": orjson.dumps(told).decode()}
        await connection.execute(update(events).where(events.c.id == row.id).values(bare))


async def forget_beside(connection: AsyncConnection, case: Case, at: datetime) -> None:
    """Erase what stands beside a case: photos, its public form, an answer begun, whom it is of.

    Notices go, too, and its number elsewhere leads to it no more.
    Who else follows it does so by a consent of their own; but nobody is told words that are gone.
    """
    photos = select(feedback_files.c.id).where(feedback_files.c.case == case.id)
    await connection.execute(delete(fetches).where(fetches.c.file.in_(photos)))
    await connection.execute(delete(feedback_files).where(feedback_files.c.case == case.id))
    await withdraw(connection, [case.id], at)
    await drop_answer(connection, case.id)
    await drop_claim(connection, case.id)
    await lift_complained(connection, case.id)
    await untie_outers(connection, case.id)
    own = notices.c.conversation == (case.address.conversation if case.address else "")
    gone = (notices.c.case == case.id, or_(own, notices.c.status.in_(UNTOLD)))
    await connection.execute(delete(notices).where(*gone))


async def forget_follower(connection: AsyncConnection, case: Case) -> None:
    """Let who filed a case hear no more of it, nor of the one it was joined with."""
    if case.address is None:
        return
    heard = (case.id,) if case.main is None else (case.id, case.main)
    theirs = followers.c.conversation == case.address.conversation
    await connection.execute(delete(followers).where(followers.c.case.in_(heard), theirs))
