"""The values behind the buttons that go with what a citizen is told of a case."""

from __future__ import annotations

from typing import Final

from bot.feedback.models import CaseId

# How satisfied one is, lowest first.
LEVELS: Final = (1, 2, 3, 4, 5)
_RATE: Final = "c:rate:"
_REOPEN: Final = "c:reopen:"


def rating(case: CaseId, level: int) -> str:
    """Give the value of the press that rates a case."""
    return f"{_RATE}{case}:{level}"


def reopening(case: CaseId) -> str:
    """Give the value of the press that asks for a case to be opened again."""
    return f"{_REOPEN}{case}"


def rated(value: str) -> tuple[CaseId, int] | None:
    """Read the press of a level; nothing for any other."""
    case, _, level = value.removeprefix(_RATE).partition(":")
    known = value.startswith(_RATE) and case.isdecimal() and level.isdecimal()
    return (CaseId(int(case)), int(level)) if known and int(level) in LEVELS else None


def reopened(value: str) -> CaseId | None:
    """Read the press that opens a case again; nothing for any other."""
    case = value.removeprefix(_REOPEN)
    return CaseId(int(case)) if value.startswith(_REOPEN) and case.isdecimal() else None
