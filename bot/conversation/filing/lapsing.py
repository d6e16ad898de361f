"""A draft that nobody went on with is forgotten, and who comes back is told so once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.desk import Desk
from bot.conversation.filing.talk import Step
from bot.conversation.sides import vietnamese_date
from bot.conversation.turn import ConversationState, TurnResult
from bot.feedback.drafts import Draft
from bot.feedback.purposes import Purpose, retention
from bot.feedback.wishes import Drop
from bot.messages import Reply

LIFE: Final = retention(Purpose.DRAFT) or timedelta()


def without_old_draft(
    state: ConversationState, now: datetime
) -> tuple[ConversationState, Draft | None]:
    """Give the state without a draft older than ``LIFE``, and that draft."""
    draft = state.feedback.draft if state.feedback else None
    if state.feedback is None or draft is None or now - draft.begun_at <= LIFE:
        return state, None
    return replace(state, feedback=replace(state.feedback, draft=None)), draft


def telling_of_old(told: TurnResult, gone: Draft | None, desk: Desk) -> TurnResult:
    """Drop the old draft before all else, and say so where something was written in it."""
    if gone is None:
        return told
    dropped = replace(told, wishes=(Drop(), *told.wishes))
    if gone.step == Step.WARNED or not gone.consent:
        return dropped
    day = vietnamese_date(gone.begun_at.astimezone(VIETNAM).date())
    text = desk.say("feedback_gone", day=day, count=str(LIFE.days))
    return replace(dropped, replies=(Reply(text), *told.replies))
