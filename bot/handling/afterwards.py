"""Use cases: an ended case is looked at again, or closed early; an entry by mistake taken back."""

from __future__ import annotations

from dataclasses import replace

from bot.casework.deeds import Acting
from bot.feedback.models import INSIDE, Case, Source
from bot.feedback.moves import Act
from bot.handling.bureau import Bureau
from bot.handling.doing import by_officer, done, written
from bot.handling.moments import timed
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import Step
from bot.handling.telling_on import FINAL, opened, withdrawal
from bot.storage.merged_case_rows import merged_into


async def reopen(doing: Acting, bureau: Bureau, case: Case, reason: str) -> Case:
    """Open a case again; the ``reason`` is for colleagues, the citizen hears that it is.

    Raises:
        Refused: it was joined or withdrawn, or the reason lacks.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    if case.result in FINAL:
        raise Refused(Why.FINAL)
    told = written(reason, Why.REASON)
    step = Step(did=Act.REOPEN, data={INSIDE: told}, changes=opened(case))
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    return await done(doing, case, timely, "case_reopened", note=told)


async def close(doing: Acting, case: Case, reason: str) -> Case:
    """Close an answered case before silence does, as when the citizen said so by telephone.

    Raises:
        Refused: the reason lacks.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    told = written(reason, Why.REASON)
    step = Step(did=Act.CLOSE, data={INSIDE: told}, changes={"closed_at": doing.now})
    return await done(doing, case, step, "case_closed", note=told)


async def take_back(doing: Acting, bureau: Bureau, case: Case, reason: str) -> Case:
    """Take back a case that an officer entered by mistake, as when it was entered twice.

    What somebody filed in a chat is theirs to take back. The ``reason`` is for colleagues.

    Raises:
        Refused: a citizen filed it, others are answered with it, or the reason lacks.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    told = written(reason, Why.REASON)
    if case.source is Source.CHAT:
        raise Refused(Why.NOT_ENTERED)
    if count := await merged_into(doing.connection, case.id):
        raise Refused(Why.IS_MAIN, count=count)
    step = replace(withdrawal(doing.now), data={INSIDE: told})
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    return await done(doing, case, timely, "case_taken_back", note=told)
