"""Use cases: an answer is written, looked at by a second pair of eyes, given, corrected."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from bot.casework.deeds import Acting
from bot.feedback.models import Case, Remark, Result
from bot.feedback.moves import MOVES, Act
from bot.feedback.placeholders import gaps_in
from bot.handling.bureau import Bureau
from bot.handling.doing import done, not_elsewhere, officer_of, written
from bot.handling.enclosing import given_with
from bot.handling.endings import ended, ending
from bot.handling.passing_on import reason_for
from bot.handling.refusing import Refused, Why
from bot.handling.stepping import Step
from bot.storage.case_answer_rows import (
    AnswerDraft,
    AnswerWords,
    DraftStatus,
    find_answer,
    set_status,
    write_answer,
)

RESULTS: Final = frozenset({Result.DONE, Result.CANNOT})
# Where an answer can be written: before it is given, and to correct one that was.
_OPEN: Final = MOVES[Act.ANSWER].sources | MOVES[Act.CORRECT].sources


async def write(doing: Acting, case: Case, words: AnswerWords) -> None:
    """Keep an answer that is being written; nobody is told.

    Raises:
        Refused: its result or words lack, or somebody else writes in the case.
    """
    await not_elsewhere(doing, case)
    checked = _checked(case, words)
    await write_answer(doing.connection, case.id, checked, officer_of(doing), doing.now)


async def submit(doing: Acting, case: Case) -> Case:
    """Lay what was written before who may answer.

    Raises:
        Refused: nothing was written, it lies there already, or a gap of it is not filled.
        Overtaken: the case or the answer was changed meanwhile.
    """
    await not_elsewhere(doing, case)
    draft = await _draft(doing, case)
    if draft.status is DraftStatus.SUBMITTED:
        raise Refused(Why.SAME)
    _without_gaps(draft.words)
    await set_status(doing.connection, draft, DraftStatus.SUBMITTED)
    step = Step(did=Remark.SUBMITTED, data={"answer": draft.version + 1})
    return await done(doing, case, step, "case_submitted")


async def send_back(doing: Acting, case: Case, note: str) -> Case:
    """Give a submitted answer back to its author, with what is to be mended.

    Raises:
        Refused: none was submitted, or nothing is said.
        Overtaken: the case or the answer was changed meanwhile.
    """
    told, draft = written(note, Why.REASON), await _draft(doing, case)
    if draft.status is not DraftStatus.SUBMITTED:
        raise Refused(Why.NOT_SUBMITTED)
    await set_status(doing.connection, draft, DraftStatus.RETURNED, note=told)
    step = Step(did=Remark.RETURNED, text=told)
    return await done(doing, case, step, "case_returned", note=told)


async def approve(doing: Acting, bureau: Bureau, case: Case, version: int) -> Case:
    """Give a submitted answer to the citizen; ``version`` is the one that was read.

    Raises:
        Refused: it was not submitted, was changed since, or is one's own where that counts.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    draft = await _draft(doing, case)
    if draft.status is not DraftStatus.SUBMITTED or draft.version != version:
        raise Refused(Why.NOT_SUBMITTED)
    four_eyes = bureau.rules(case.office).case_four_eyes
    if four_eyes and draft.author == officer_of(doing):
        raise Refused(Why.OWN)
    return await _give(doing, bureau, case, draft.words)


async def answer(doing: Acting, bureau: Bureau, case: Case, words: AnswerWords) -> Case:
    """Answer at once, where the office asks for no second pair of eyes.

    Raises:
        Refused: it does, something lacks in the answer, or somebody else writes in the case.
        NotAllowed, Overtaken: the case is somewhere else by now.
    """
    await not_elsewhere(doing, case)
    if bureau.rules(case.office).case_four_eyes:
        raise Refused(Why.FOUR_EYES)
    return await _give(doing, bureau, case, _checked(case, words))


async def _give(doing: Acting, bureau: Bureau, case: Case, words: AnswerWords) -> Case:
    """Answer, or correct what was answered before."""
    _without_gaps(words)
    again = case.state in MOVES[Act.CORRECT].sources
    step = await (_correction if again else _answer)(doing, bureau, case, words)
    deed = "case_corrected" if again else "case_answered"
    return await done(doing, case, step, deed, result=words.result, code=words.code)


async def _answer(doing: Acting, bureau: Bureau, case: Case, words: AnswerWords) -> Step:
    changes = ended(bureau, case, doing.now, words.result, words.code)
    data = {**await _told(doing, bureau, case, words), **ending(changes, case)}
    return Step(did=Act.ANSWER, text=words.text, data=data, changes=changes)


async def _correction(doing: Acting, bureau: Bureau, case: Case, words: AnswerWords) -> Step:
    """The first answer's moment counts; what is said anew may be answered anew as long."""
    closes = bureau.clockwork.closes_at(case.office, doing.now)
    day = case.answered_at.isoformat() if case.answered_at else None
    data = {**await _told(doing, bureau, case, words), "day": day}
    changes = {"result": words.result, "reason": words.code, "closes_at": closes}
    return Step(did=Act.CORRECT, text=words.text, data=data, changes=changes)


async def _told(doing: Acting, bureau: Bureau, case: Case, words: AnswerWords) -> dict[str, Any]:
    return {
        "result": words.result,
        "code": words.code,
        "reason": reason_for(case, words.code).told if words.code else "",
        **await given_with(doing, bureau, case),
    }


async def _draft(doing: Acting, case: Case) -> AnswerDraft:
    draft = await find_answer(doing.connection, case.id)
    if draft is None:
        raise Refused(Why.NO_DRAFT)
    return draft


def _checked(case: Case, words: AnswerWords) -> AnswerWords:
    if case.state not in _OPEN:
        raise Refused(Why.STATE)
    cannot = words.result is Result.CANNOT
    if words.result not in RESULTS or (cannot and not words.code):
        raise Refused(Why.RESULT)
    if cannot:
        reason_for(case, words.code)
    return replace(words, text=written(words.text), code=words.code if cannot else "")


def _without_gaps(words: AnswerWords) -> None:
    gaps = gaps_in(words.text)
    if gaps:
        raise Refused(Why.GAP, gaps=", ".join(f"{{{one}}}" for one in gaps))
