"""An ended case is made one of nobody: what tells of a person goes, what is counted stays.

Kind, field, hamlet, unit, moments, result and level stay, and every step with its author; so a
report tells the same numbers before and after. All words go, officials' too: what they wrote names
people. Luật 91/2025/QH15 wants data anonymised so that nobody can be found again by it.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feedback.errors import NotAllowed
from bot.feedback.models import Case, CaseId, Remark
from bot.handling.stepping import By, Step, stepped
from bot.storage.case_rows import find_case
from bot.storage.forgetting_rows import forget_beside, forget_follower, forget_words


async def forget_case(connection: AsyncConnection, number: CaseId, by: By) -> Case | None:
    """Anonymise one ended case in the transaction of ``connection``; nothing if it was before.

    Its last event says when it was done, and by whom. Nothing more can be done to it.

    Raises:
        NotAllowed: the case is still open, and so needs its words and its citizen.
        LookupError: there is no such case.
    """
    case = await find_case(connection, number, hold=True)
    if case is None:
        raise LookupError(number)
    if case.is_erased:
        return None
    if case.state.is_open:
        raise NotAllowed(f"{Remark.ERASED} by {by.author} in {case.state}")
    after = await stepped(connection, case, Step(did=Remark.ERASED), by)
    await forget_follower(connection, case)
    await forget_beside(connection, case, by.at)
    await forget_words(connection, case, by.at)
    return after
