"""What still counts while an official has the talk: a press on what feedback offered."""

from __future__ import annotations

import pytest

from bot.conversation.held import silenced
from bot.conversation.outcomes import Outcome
from bot.conversation.turn import ConversationState, TurnResult
from bot.feedback.models import CaseId
from bot.feedback.views import Feedback
from bot.feedback.wishes import Rate
from bot.messages import MessageKind, Reply
from tests.factories import a_message

LEVELS = ("c:rate:1:5", "c:rate:1:4")
RATED = Rate(case=CaseId(1), level=4)
ANSWERED = TurnResult(
    outcome=Outcome.FEEDBACK,
    replies=(Reply("Cảm ơn"),),
    state=ConversationState(),
    wishes=(RATED,),
)


@pytest.mark.parametrize(
    ("kind", "text", "offered", "counts"),
    [
        (MessageKind.CHOICE, LEVELS[1], (), True),
        (MessageKind.TEXT, "2", LEVELS, True),
        (MessageKind.TEXT, "2", (), False),
        (MessageKind.TEXT, "hài lòng lắm cán bộ ạ", LEVELS, False),
    ],
)
def test_a_press_counts_and_words_are_the_officials(
    kind: MessageKind, text: str, offered: tuple[str, ...], counts: bool
) -> None:
    before = ConversationState(feedback=Feedback(reserved="x", offered=offered))
    told = silenced(ANSWERED, a_message(text, kind=kind), before)
    assert (told.wishes == (RATED,)) is counts
    assert bool(told.replies) is counts
    assert told.outcome is (Outcome.FEEDBACK if counts else Outcome.WITH_OFFICER)


def test_a_press_on_anything_else_waits_for_the_official() -> None:
    card = TurnResult(
        outcome=Outcome.ANSWERED, replies=(Reply("Lệ phí"),), state=ConversationState()
    )
    pressed = a_message("p:1.001193", kind=MessageKind.CHOICE)
    assert silenced(card, pressed, ConversationState()).replies == ()
