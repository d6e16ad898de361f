"""Use case: what cannot be answered in time gets another day, once, and the citizen hears why."""

from __future__ import annotations

from datetime import date

from bot.casework.deeds import Acting
from bot.clock import VIETNAM
from bot.feedback.models import Case, Remark
from bot.feedback.moves import CaseState
from bot.handling.bureau import Bureau
from bot.handling.doing import by_officer, done, written
from bot.handling.moments import course_so_far, timed
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import Step


async def promise(doing: Acting, bureau: Bureau, case: Case, day: date, reason: str) -> Case:
    """Promise an answer by the end of working time on a day; overdue it comes with an apology.

    Raises:
        Refused: it was promised anew before, the day is not to come, or the reason lacks.
        Overtaken: the case was changed meanwhile.
    """
    if case.state is CaseState.AWAITING_CITIZEN:
        raise Refused(Why.PAUSED)
    if not case.state.is_open:
        raise Refused(Why.STATE)
    if day <= doing.now.astimezone(VIETNAM).date():
        raise Refused(Why.PAST)
    course = await course_so_far(doing.connection, case)
    if course.instead is not None:
        raise Refused(Why.ONCE)
    late = case.due_at is not None and case.due_at < doing.now
    told = written(reason, Why.REASON)
    step = Step(
        did=Remark.APOLOGY if late else Remark.DUE_SET,
        data={"promised": day.isoformat(), "reason": told},
        public=True,
    )
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    deed = "case_apologised" if late else "case_due_set"
    return await done(doing, case, timely, deed, note=told, due=day.isoformat())
