"""The columns of a case that the office is done with."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from bot.feedback.models import Case, Result
from bot.feedback.moves import Act
from bot.handling.bureau import Bureau
from bot.handling.stepping import Step

UNCLEAR: Final = "unclear"


def ended(
    bureau: Bureau, case: Case, at: datetime, result: Result, code: str = ""
) -> dict[str, Any]:
    """Give them: the result, and until when the citizen may have it opened again."""
    return {
        "result": result,
        "reason": code,
        "answered_at": at,
        "closes_at": bureau.clockwork.closes_at(case.office, at),
    }


def ending(changes: dict[str, Any], case: Case) -> dict[str, Any]:
    """Give what the event of an ending tells: until when it may be opened, by when it was due."""
    due = case.due_at.isoformat() if case.due_at else None
    return {"until": changes["closes_at"].isoformat(), "due_at": due}


def unanswered(bureau: Bureau, case: Case, at: datetime) -> Step:
    """Give the step that ends a case whose question was left without a reply."""
    changes = ended(bureau, case, at, Result.CANNOT, UNCLEAR)
    return Step(did=Act.GIVE_UP, data={"code": UNCLEAR, **ending(changes, case)}, changes=changes)
