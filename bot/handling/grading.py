"""Use cases: an officer says what a case is and how hard; its limit follows from that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from bot.casework.deeds import Acting
from bot.clock import VIETNAM
from bot.feedback.kinds import HANDLED, WITHHELD, Kind
from bot.feedback.limits import Grade
from bot.feedback.models import Case, Remark
from bot.feedback.regimes import regime_of
from bot.feedback.topics import topics
from bot.handling.bureau import Bureau
from bot.handling.doing import by_officer, done, written
from bot.handling.moments import timed
from bot.handling.passing_on import refuse
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import Step

# A complaint or a denunciation is no case: its lawful way is told instead.
WAYS: Final = {Kind.COMPLAINT: "is_complaint", Kind.DENUNCIATION: "is_denunciation"}


async def regrade(doing: Acting, bureau: Bureau, case: Case, grade: Grade, reason: str) -> Case:
    """Say how hard or pressing a case is.

    A citizen who was told a day hears of another one, with the reason.

    Raises:
        Refused: it is so already, or the reason lacks.
        Overtaken: the case was changed meanwhile.
    """
    if grade == case.grade:
        raise Refused(Why.SAME)
    told = written(reason, Why.REASON)
    data = {"grade": grade, "before": case.grade, "reason": told}
    changes = {"grade": grade, "urgent": grade is Grade.URGENT}
    step = await _dated(doing, bureau, case, Step(did=Remark.GRADED, data=data, changes=changes))
    return await done(doing, case, step, "case_graded", note=told, grade=grade)


async def reclassify(
    doing: Acting, bureau: Bureau, case: Case, kind: Kind, topic: str, reason: str
) -> Case:
    """Say what a case is.

    What turns out to be a complaint or a denunciation is refused here with its lawful way; the
    ``reason`` is then what the citizen reads.

    Raises:
        Refused: it is so already, is no kind or field of a case, or the reason lacks.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    if kind in WITHHELD:
        return await refuse(doing, bureau, case, WAYS[kind], reason)
    if kind not in HANDLED or topic not in topics():
        raise Refused(Why.KIND)
    if (kind, topic) == (case.kind, case.topic):
        raise Refused(Why.SAME)
    told = written(reason, Why.REASON)
    data = {"kind": kind, "topic": topic, "before": f"{case.kind} {case.topic}", "reason": told}
    changes = {"kind": kind, "topic": topic, "regime": regime_of(kind, topic).id}
    step = Step(did=Remark.RECLASSIFIED, data=data, changes=changes)
    step = await _dated(doing, bureau, case, step)
    return await done(doing, case, step, "case_reclassified", note=told, kind=kind, topic=topic)


async def _dated(doing: Acting, bureau: Bureau, case: Case, step: Step) -> Step:
    """Give a step with the moments of the new limit; public when another day is to be told."""
    if not case.state.is_open:
        return step
    timely = await timed(doing.connection, bureau.clockwork, case, step, by_officer(doing))
    due: Any = timely.data.get("due")
    told_before = bureau.clockwork.is_told(case.office, case.due_rule)
    another = due is not None and _day(datetime.fromisoformat(due)) != _day(case.due_at)
    return replace(timely, public=told_before and another)


def _day(at: datetime | None) -> object:
    return at.astimezone(VIETNAM).date() if at else None
