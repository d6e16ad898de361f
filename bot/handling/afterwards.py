"""Use cases: an officer has an ended case looked at again, or closes it before silence does."""

from __future__ import annotations

from typing import Final

from bot.casework.deeds import Acting
from bot.feedback.models import INSIDE, Case, Result
from bot.feedback.moves import Act
from bot.handling.bureau import Bureau
from bot.handling.doing import by_officer, done, written
from bot.handling.moments import timed
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import Step
from bot.handling.telling_on import opened

# What was joined is separated, and what its author took back is not wanted.
FINAL: Final = frozenset({Result.DUPLICATE, Result.WITHDRAWN})


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
