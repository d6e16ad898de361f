"""Use case: what colleagues tell each other about a case; it never leaves the office."""

from __future__ import annotations

from collections.abc import Sequence

from bot.casework.deeds import Acting
from bot.feedback.models import Case, Remark
from bot.handling.doing import done, written
from bot.handling.stepping import Step


async def note(doing: Acting, case: Case, words: str, files: Sequence[int] = ()) -> Case:
    """Write a note beside a case; the audit tells that there is one, not what it says.

    Raises:
        Refused: it says nothing.
        Overtaken: the case was changed meanwhile.
    """
    data = {"files": list(files)} if files else {}
    return await done(
        doing, case, Step(did=Remark.NOTE, text=written(words), data=data), "case_noted"
    )
