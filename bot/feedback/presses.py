"""The values behind the buttons that go with what a citizen is told of a case."""

from __future__ import annotations

import re
from typing import Final

from bot.feedback.models import CaseId

# How satisfied one is, lowest first.
LEVELS: Final = (1, 2, 3, 4, 5)
_RATE: Final = "c:rate:"
_REOPEN: Final = "c:reopen:"
_PUBLISH: Final = "c:publish:"
# Of telephones and papers the first digit may be 0; of a case it never is.
_CASE: Final = re.compile(r"[1-9][0-9]{0,14}")
_SAID: Final = {"yes": True, "no": False}


def is_case(told: str) -> bool:
    """Tell whether part of a value is the number of a case, and not somebody's."""
    return _CASE.fullmatch(told) is not None


def rating(case: CaseId, level: int) -> str:
    """Give the value of the press that rates a case."""
    return f"{_RATE}{case}:{level}"


def reopening(case: CaseId) -> str:
    """Give the value of the press that asks for a case to be opened again."""
    return f"{_REOPEN}{case}"


def is_after_answer(value: str) -> bool:
    """Tell whether a press says what somebody thinks of an answer, or of its being shown."""
    return any(read(value) is not None for read in (rated, reopened, published))


def rated(value: str) -> tuple[CaseId, int] | None:
    """Read the press of a level; nothing for any other."""
    case, _, level = value.removeprefix(_RATE).partition(":")
    known = value.startswith(_RATE) and is_case(case) and level in map(str, LEVELS)
    return (CaseId(int(case)), int(level)) if known else None


def reopened(value: str) -> CaseId | None:
    """Read the press that opens a case again; nothing for any other."""
    case = value.removeprefix(_REOPEN)
    return CaseId(int(case)) if value.startswith(_REOPEN) and is_case(case) else None


def publishing(case: CaseId, *, agreed: bool) -> str:
    """Give the value of the press that says whether a case may be shown to everybody."""
    said = next(one for one, means in _SAID.items() if means is agreed)
    return f"{_PUBLISH}{case}:{said}"


def published(value: str) -> tuple[CaseId, bool] | None:
    """Read the press that says whether a case may be shown; nothing for any other."""
    case, _, said = value.removeprefix(_PUBLISH).partition(":")
    known = value.startswith(_PUBLISH) and is_case(case) and said in _SAID
    return (CaseId(int(case)), _SAID[said]) if known else None
