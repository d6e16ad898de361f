"""A process of its own that works off cases, act by act, and says each one that is stored.

python -m tests.fakes.answering_cases DATABASE_URL
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from bot.casework.deeds import Acting
from bot.channels.kept import KEPT
from bot.conversation.desk import Desk
from bot.feedback.errors import NotAllowed, Overtaken
from bot.feedback.models import Case, Result
from bot.feedback.moves import CaseState
from bot.handling.answering import answer
from bot.handling.assigning import Post, assign, begin
from bot.handling.noticing import Announcer
from bot.storage.case_answer_rows import AnswerWords
from bot.storage.case_rows import case_of
from bot.storage.database import Database, create_database
from bot.storage.feedback_tables import cases
from bot.storage.people_tables import officers
from knowledge.models import OfficeCode
from tests.conftest import FrozenClock
from tests.fakes.chambers import Chamber
from tests.fakes.console import HERE, LITTLE, little_desk

OFFICE: Final = "mau-xa"
DONE: Final = AnswerWords(result=Result.DONE, text="Đã cho dọn sạch.")
OWED: Final = (CaseState.RECEIVED, CaseState.ASSIGNED, CaseState.IN_PROGRESS)


class OneDesk:
    """Everywhere the same desk."""

    def speaking_as(self, office: str) -> Desk:  # noqa: ARG002
        return little_desk()


async def _next(database: Database) -> Case | None:
    owed = select(cases).where(cases.c.state.in_(OWED)).order_by(cases.c.id).limit(1)
    async with database.reading() as connection:
        row = (await connection.execute(owed)).one_or_none()
    return None if row is None else case_of(row)


async def working(url: str) -> None:
    """Do what is next in the oldest case, again and again, until killed."""
    database = create_database(url)
    room = Chamber(database, FrozenClock())
    async with database.reading() as connection:
        rows = await connection.execute(select(officers.c.login, officers.c.id))
        room.officers = {row.login: row.id for row in rows}
    # The program answers for an office of the shipped content, of which this one knows no more.
    known = next(one for one in LITTLE.offices if one.code == HERE)
    here = replace(known, code=OfficeCode(OFFICE))
    room.bureau = replace(room.bureau, desks=OneDesk(), offices=(here,))
    announcer = Announcer(desks=OneDesk(), kept=KEPT)

    async def act(doing: Acting, case: Case) -> None:
        match case.state:
            case CaseState.RECEIVED:
                await assign(doing, room.bureau, case, Post(officer=room.officers["minh"]))
            case CaseState.ASSIGNED:
                await begin(doing, case)
            case _:
                await answer(doing, room.bureau, case, DONE)
        await announcer.tell_of(doing.connection, case.id, doing.now)

    while True:
        case = await _next(database)
        if case is None:
            await asyncio.sleep(0.05)
            continue
        try:
            await room.does("minh", case, act)
        except (NotAllowed, Overtaken):
            continue
        sys.stdout.write(f"{case.state} {case.reference}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(working(sys.argv[1]))
