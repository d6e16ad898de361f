"""All questions in one table, in the order in which a draft needs them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.conversation.filing.aftermath import AFTERMATH
from bot.conversation.filing.closing import CLOSING
from bot.conversation.filing.matter import MATTER
from bot.conversation.filing.photos import PHOTOS
from bot.conversation.filing.sender import SENDER
from bot.conversation.filing.talk import State, Step, Talk

STATES: Final[Mapping[Step, State]] = {**PHOTOS, **MATTER, **SENDER, **CLOSING, **AFTERMATH}
# In the order of their names; what stands beside the way is never needed by itself.
ORDER: Final = tuple(Step)


def next_step(talk: Talk) -> Step:
    """Give the first question that needs an answer; of a case that is there its own one."""
    draft = talk.draft
    if draft.case is not None:
        return Step.PAPERS if STATES[Step.PAPERS].needed(talk) else Step(draft.asked[0])
    return next(step for step in ORDER if STATES[step].needed(talk))
