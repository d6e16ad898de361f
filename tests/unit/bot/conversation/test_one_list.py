"""A number that is typed means one thing: no text has a list numbered as the choices below it."""

from __future__ import annotations

import re
from typing import Final

from bot.conversation.desk import Desk, guide_reply
from bot.conversation.outcomes import Aspect
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.messages import MessageKind
from tests.conftest import NOON
from tests.factories import a_message

NUMBERED: Final = re.compile(r"^\s*(?:\d{1,2}|\{number\})[.)] ", re.MULTILINE)


def test_no_sentence_has_a_list_by_bare_numbers(desk: Desk) -> None:
    assert [key for key, told in desk.wording.replies.items() if NUMBERED.search(told)] == []


def test_steps_of_a_guide_are_no_choices(desk: Desk) -> None:
    told = [guide_reply(desk, one, today=NOON.date()) for one in desk.knowledge.guides.values()]
    assert any(one.choices for one in told)
    assert any("Bước 1: " in one.text for one in told)
    assert [one.text for one in told if NUMBERED.search(one.text)] == []


def test_steps_of_a_procedure_are_no_choices(desk: Desk) -> None:
    conversation = Conversation(desk)
    for code in [code for code, one in desk.knowledge.procedures.items() if one.steps]:
        message = a_message(f"a:{Aspect.STEPS}:{code}", kind=MessageKind.CHOICE)
        (told,) = conversation.answer(message, ConversationState(), now=NOON).replies
        assert told.choices
        assert "Bước 1: " in told.text
        assert not NUMBERED.search(told.text)
