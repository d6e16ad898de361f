"""Use case: several changes that wait are approved, each decided and remembered by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from enum import StrEnum

from bot.casework.changing import decide
from bot.casework.deeds import Acting
from bot.officials.changes import Change, ChangeStatus, Clash, Refusal, Verdict


class Ending(StrEnum):
    """What came of approving one of several."""

    APPROVED = "approved"
    RETURNED = "returned"  # others had changed the same meanwhile
    LEFT = "left"  # somebody decided meanwhile, it is one's own, or it fits no more


async def approve_several(
    acting: Acting, numbers: Collection[int], reason: str, *, four_eyes: bool
) -> Counter[Ending]:
    """Approve the changes of these numbers in one transaction; give how many ended how."""
    endings: Counter[Ending] = Counter()
    for number in numbers:
        try:
            done = await decide(acting, number, Verdict.PUBLISH, reason, four_eyes=four_eyes)
        except ValueError:
            # What was written for an older release; it stays for somebody to look at.
            done = Refusal.DECIDED
        endings[_ending(done)] += 1
    return endings


def _ending(done: Change | Clash | Refusal) -> Ending:
    if isinstance(done, Clash):
        return Ending.RETURNED
    if isinstance(done, Change) and done.status is not ChangeStatus.WAITING:
        return Ending.APPROVED
    return Ending.LEFT
