"""What can be done to a case in which state, by whom, and where it is then: one table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.feedback.errors import NotAllowed


class CaseState(StrEnum):
    """Where a case stands; what is overdue is reckoned and no state."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    AWAITING_CITIZEN = "awaiting_citizen"
    ANSWERED = "answered"
    CLOSED = "closed"
    REFUSED = "refused"

    @property
    def is_open(self) -> bool:
        """Tell whether the office still owes something."""
        return self in OPEN


OPEN: Final = frozenset(
    {
        CaseState.RECEIVED,
        CaseState.ASSIGNED,
        CaseState.IN_PROGRESS,
        CaseState.AWAITING_CITIZEN,
    }
)


class Act(StrEnum):
    """What moves a case; each leaves one event."""

    FILE = "file"
    ASSIGN = "assign"
    BEGIN = "begin"
    ASK = "ask"
    REPLY = "reply"
    ANSWER = "answer"
    CORRECT = "correct"
    GIVE_UP = "give_up"
    REFUSE = "refuse"
    HAND_ON = "hand_on"
    TRANSFER = "transfer"
    MERGE = "merge"
    SEPARATE = "separate"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    REOPEN = "reopen"


class Author(StrEnum):
    """Who did something to a case."""

    CITIZEN = "citizen"
    OFFICER = "officer"
    CLOCK = "clock"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Move:
    """One line of the table: an act, the states it is open in, where it leads, to whom it is open.

    ``told`` acts are public steps: the citizen and all followers hear of them.
    """

    act: Act
    sources: frozenset[CaseState | None]
    to: CaseState
    by: frozenset[Author]
    told: bool = True


def _move(
    act: Act, sources: str, to: CaseState, by: str = "officer", *, told: bool = True
) -> Move:
    places: list[CaseState | None] = [CaseState(one) for one in sources.split()]
    return Move(
        act, frozenset(places or [None]), to, frozenset(Author(one) for one in by.split()), told
    )


_NOT_ASKED: Final = "received assigned in_progress"
_ANY_OPEN: Final = f"{_NOT_ASKED} awaiting_citizen"

# Handing on is to a body outside; transferring is to another office of ours, which assigns anew.
# What is reopened is assigned anew, too: who was not satisfied is heard by somebody else first.
TRANSITIONS: Final = (
    _move(Act.FILE, "", CaseState.RECEIVED, "citizen officer import"),
    _move(Act.ASSIGN, _ANY_OPEN, CaseState.ASSIGNED),
    _move(Act.BEGIN, "assigned", CaseState.IN_PROGRESS, told=False),
    _move(Act.ASK, "in_progress", CaseState.AWAITING_CITIZEN),
    _move(Act.REPLY, "awaiting_citizen", CaseState.IN_PROGRESS, "citizen officer", told=False),
    _move(Act.ANSWER, "in_progress", CaseState.ANSWERED),
    _move(Act.CORRECT, "answered", CaseState.ANSWERED),
    _move(Act.GIVE_UP, "awaiting_citizen", CaseState.ANSWERED, "officer clock"),
    _move(Act.REFUSE, _NOT_ASKED, CaseState.REFUSED),
    _move(Act.HAND_ON, _NOT_ASKED, CaseState.ANSWERED),
    _move(Act.TRANSFER, _NOT_ASKED, CaseState.RECEIVED),
    _move(Act.MERGE, _ANY_OPEN, CaseState.CLOSED),
    _move(Act.SEPARATE, "closed", CaseState.RECEIVED, "officer clock"),
    _move(Act.WITHDRAW, _ANY_OPEN, CaseState.CLOSED, "citizen officer"),
    _move(Act.CLOSE, "answered", CaseState.CLOSED, "citizen officer clock"),
    _move(Act.REOPEN, "answered closed refused", CaseState.RECEIVED, "citizen officer"),
)

MOVES: Final[Mapping[Act, Move]] = {one.act: one for one in TRANSITIONS}


def moved(state: CaseState | None, act: Act, author: Author) -> CaseState:
    """Give the state after an act; ``None`` is a case that is not there yet.

    Raises:
        NotAllowed: the table has no such move.
    """
    move = MOVES[act]
    if state not in move.sources or author not in move.by:
        raise NotAllowed(f"{act} by {author} in {state}")
    return move.to


def open_acts(state: CaseState, author: Author) -> frozenset[Act]:
    """Give what ``author`` can do to a case in ``state``."""
    return frozenset(one.act for one in TRANSITIONS if state in one.sources and author in one.by)
