"""What did not arrive: the officer sees it with the case, calls, and says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.clock import Clock
from bot.feedback.models import Case, CaseId, Remark
from bot.feedback.moves import Author
from bot.handling.doing import done, written
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import By, Step, stepped
from bot.storage.answer_receipt_rows import mark_unbrought, unbrought_among
from bot.storage.case_rows import find_case
from bot.storage.database import Database
from bot.storage.notice_fault_rows import Lost, mark_lost, not_arrived, settle_called

AT_ONCE: Final = 200


async def note_unreached(database: Database, *, clock: Clock) -> int:
    """Write beside cases which of their notices did not arrive; give how many."""
    by = By(author=Author.CLOCK, at=clock.now())
    async with database.writing() as connection:
        by_case: defaultdict[CaseId, list[Lost]] = defaultdict(list)
        for one in await not_arrived(connection, AT_ONCE):
            by_case[one.case].append(one)
        for number, lost in sorted(by_case.items()):
            case = await find_case(connection, number, hold=True)
            if case is None:
                continue
            steps = sorted({one.version for one in lost})
            step = Step(did=Remark.UNREACHED, data={"steps": steps, "people": len(lost)})
            await stepped(connection, case, step, by)
            for one in lost:
                await mark_lost(connection, one, by.at)
    return sum(map(len, by_case.values()))


async def note_unbrought(
    connection: AsyncConnection, oa: str, messages: Collection[str], now: datetime
) -> int:
    """Write of answers that Zalo took and did not bring that somebody is to call; give how many.

    They counted as told until now, so the case's history says that they were not.
    """
    marked = 0
    for one in await unbrought_among(connection, oa, messages):
        # The case before its notices, as every step takes them.
        case = await find_case(connection, one.case, hold=True)
        if case is None or not await mark_unbrought(connection, one, now):
            continue
        step = Step(did=Remark.UNREACHED, data={"steps": [one.version], "people": 1})
        await stepped(connection, case, step, By(author=Author.CLOCK, at=now))
        marked += 1
    return marked


async def phoned(doing: Acting, case: Case, note: str) -> Case:
    """Write down that who could not be written to was called; they hear nothing of it again.

    Raises:
        Refused: nobody is to be called, or nothing is said of the call.
        Overtaken: the case was changed meanwhile.
    """
    told = written(note)
    if not await settle_called(doing.connection, case.id, doing.now):
        raise Refused(Why.NOTHING_TO_CALL)
    return await done(doing, case, Step(did=Remark.PHONED, text=told), "case_phoned")
