"""Who may do what to a text where it stands: the author never approves, an edit begins anew; pure.

Whether an officer's role allows an act at the office is asked before, by whoever calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from broadcasts.models import BROADCAST_MOVES, BroadcastStatus


class Act(StrEnum):
    """What somebody wishes to do with a text."""

    EDIT = "edit"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    WITHDRAW = "withdraw"
    DROP = "drop"
    START = "start"
    # One person submits, approves and starts: a storm does not wait for a second one.
    START_URGENT = "start_urgent"


class Refusal(StrEnum):
    """Why something is not done to a text, its schedule or its run; the words are elsewhere."""

    # It does not stand where this could be done; somebody else was quicker, perhaps.
    ELSEWHERE = "elsewhere"
    OWN = "own"
    NOT_URGENT = "not_urgent"
    REASON = "reason"
    # It is scheduled or running already.
    ALREADY = "already"
    NOTHING = "nothing"
    PAST = "past"
    NEVER = "never"
    OUTSIDE = "outside"
    # Another text is written for the same time of the plan.
    TAKEN = "taken"
    # Its kind is the urgent one, and it is not marked to go the urgent way.
    UNMARKED = "unmarked"


ENDS: Final[Mapping[Act, BroadcastStatus]] = {
    Act.EDIT: BroadcastStatus.DRAFT,
    Act.SUBMIT: BroadcastStatus.SUBMITTED,
    Act.APPROVE: BroadcastStatus.APPROVED,
    Act.RETURN: BroadcastStatus.RETURNED,
    Act.WITHDRAW: BroadcastStatus.DRAFT,
    Act.DROP: BroadcastStatus.DROPPED,
}
BEGINNINGS: Final[Mapping[Act, frozenset[BroadcastStatus]]] = {
    Act.EDIT: frozenset(BroadcastStatus) - {BroadcastStatus.DROPPED},
    Act.SUBMIT: frozenset({BroadcastStatus.DRAFT}),
    Act.APPROVE: frozenset({BroadcastStatus.SUBMITTED}),
    Act.RETURN: frozenset({BroadcastStatus.SUBMITTED}),
    Act.WITHDRAW: frozenset({BroadcastStatus.SUBMITTED}),
    Act.DROP: frozenset(BroadcastStatus) - {BroadcastStatus.DROPPED},
    Act.START: frozenset({BroadcastStatus.APPROVED}),
    Act.START_URGENT: frozenset({BroadcastStatus.DRAFT}),
}
# What the history needs a reason for.
REASONED: Final = frozenset({Act.RETURN, Act.START_URGENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What decides about a text: where it stands and who put words into it, in any version.

    ``frozen`` when the version that stands was submitted once.
    """

    status: BroadcastStatus
    version: int
    frozen: bool
    urgent: bool
    writers: frozenset[int]

    def refusal(self, act: Act, officer: int, reason: str = "") -> Refusal | None:
        """Tell why ``officer`` cannot do ``act``; nothing when it may be done."""
        if self.status not in BEGINNINGS[act]:
            return Refusal.ELSEWHERE
        if act is Act.APPROVE and officer in self.writers:
            return Refusal.OWN
        if act is Act.START_URGENT and not self.urgent:
            return Refusal.NOT_URGENT
        if act in REASONED and not reason.strip():
            return Refusal.REASON
        return None

    def after(self, act: Act) -> BroadcastStatus:
        """Give where it stands after an act that is no start.

        Raises:
            AssertionError: the table of moves does not allow it; ``refusal`` tells before.
        """
        end = ENDS[act]
        if end is not self.status and end not in BROADCAST_MOVES[self.status]:
            raise AssertionError(f"{act} of what is {self.status}")
        return end

    @property
    def edited_version(self) -> int:
        """The number an edit writes: the same while nobody else has seen it, else the next."""
        return self.version + 1 if self.frozen else self.version
