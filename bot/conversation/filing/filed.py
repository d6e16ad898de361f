"""What is said when something was filed: its number, until when, and how to follow it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.clock import VIETNAM
from bot.conversation.desk import Desk
from bot.conversation.filing.sender import is_tip
from bot.conversation.filing.talk import Talk
from bot.conversation.sides import vietnamese_date
from bot.feedback.kinds import Kind
from bot.feedback.moves import CaseState
from bot.feedback.reference import shown
from bot.feedback.views import CaseView, Feedback
from bot.officials.hours import next_opening

MOST_A_DAY: Final = 5


def too_many(feedback: Feedback) -> bool:
    """Tell whether a conversation filed as much today as one may in a day."""
    return feedback.today >= MOST_A_DAY


def filed(talk: Talk) -> tuple[str, ...]:
    """Give what is said of a draft that becomes a case now."""
    return ("\n".join((_received(talk), *_beside(talk))),)


def _received(talk: Talk) -> str:
    desk, draft = talk.desk, talk.draft
    reference = shown(draft.reference)
    if draft.kind is Kind.PRAISE:
        return desk.say("feedback_filed_praise", reference=reference)
    if is_tip(draft):
        return desk.say("feedback_filed_tip", reference=reference)
    unit = desk.say("feedback_filed_unit_later")
    told = {"reference": reference, "time": moment(talk.now), "unit": unit}
    due = talk.feedback.promise
    if due is None:
        return desk.say("feedback_filed_no_due", **told)
    return desk.say("feedback_filed", due=moment(due), **told)


def _beside(talk: Talk) -> Iterator[str]:
    if talk.draft.urgent:
        yield talk.desk.say("feedback_filed_urgent")
    if talk.draft.kind is not Kind.PRAISE and (opens := _opens(talk.desk, talk.now)):
        yield talk.desk.say("feedback_filed_closed", next=moment(opens))
    if not talk.draft.contact.is_empty:
        yield talk.desk.say("feedback_not_public")


def state_words(case: CaseView, desk: Desk) -> str:
    """Give where a case stands in words; that its sender is asked is the sender's alone."""
    again = case.reopened and case.state is CaseState.RECEIVED
    if case.state is CaseState.AWAITING_CITIZEN and not case.own:
        return desk.say(f"feedback_state_{CaseState.IN_PROGRESS}")
    return desk.say("feedback_state_reopened" if again else f"feedback_state_{case.state}")


def _opens(desk: Desk, now: datetime) -> datetime | None:
    """Give when the office opens next, while it is closed; a sample's hours are nobody's."""
    if desk.office is None or desk.office.sample:
        return None
    opening = next_opening(desk.office.hours, desk.calendar.on, now)
    return opening.at if opening and opening.at > now else None


def moment(at: datetime) -> str:
    """Write a moment as people do; what ends at midnight ends on the day before, at 24:00."""
    local = at.astimezone(VIETNAM)
    if (local.hour, local.minute) == (0, 0):
        return f"24:00, {vietnamese_date((local - timedelta(days=1)).date())}"
    return f"{local:%H:%M}, {vietnamese_date(local.date())}"
