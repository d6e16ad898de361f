"""Use cases: the citizen is asked, the clock stands; the reply comes, or never does."""

from __future__ import annotations

from bot.casework.deeds import Acting
from bot.clock import VIETNAM
from bot.feedback.models import Case
from bot.feedback.moves import Act
from bot.handling.bureau import Bureau
from bot.handling.doing import by_officer, done, not_elsewhere, unit_name, written
from bot.handling.endings import UNCLEAR, unanswered
from bot.handling.moments import timed
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import Step
from bot.privacy import mask


async def ask(doing: Acting, bureau: Bureau, case: Case, question: str) -> Case:
    """Ask the citizen; the clock stands until they reply.

    Raises:
        Refused: nothing is asked, or somebody else writes in the case.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    await not_elsewhere(doing, case)
    data = {"unit": await unit_name(doing.connection, bureau, case)}
    step = Step(did=Act.ASK, text=written(question), data=data)
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    return await done(doing, case, timely, "case_asked")


async def reply_for(doing: Acting, bureau: Bureau, case: Case, words: str) -> Case:
    """Write down what the citizen replied by telephone or at the desk; the clock goes on.

    Raises:
        Refused: nothing was replied.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    told = written(words)
    sealed = bureau.seals.event(case.id, case.version + 1, told)
    step = Step(did=Act.REPLY, text=mask(told).text, text_sealed=sealed)
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    return await done(doing, case, timely, "case_replied")


async def give_up(doing: Acting, bureau: Bureau, case: Case) -> Case:
    """End a case whose question was left without a reply for as long as the office waits.

    Raises:
        Refused: it is too soon.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    until = bureau.clockwork.gives_up_at(case.office, case.paused_at or doing.now)
    if doing.now < until:
        raise Refused(Why.TOO_SOON, day=f"{until.astimezone(VIETNAM):%d/%m/%Y}")
    step = unanswered(bureau, case, doing.now)
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    return await done(doing, case, timely, "case_given_up", code=UNCLEAR)
