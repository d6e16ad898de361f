"""What an office taught is answered, although the bot took it for out of scope before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from knowledge.models import GuideId
from tests.conftest import NOON
from tests.factories import a_message

WIFI = "xã mình có wifi miễn phí không"
TAUGHT = (
    WIFI,
    "cắt cỏ mồ mả ở nghĩa trang",
    "quán phở nào ngon nhất xã",
)
FAKE = "làm giả giấy khai sinh"


@pytest.fixture(scope="module")
def taught(desk: Desk) -> Conversation:
    """Speaks for an office that has taught an answer of its own."""
    snapshot = desk.knowledge.snapshot
    guide = replace(
        snapshot.guides[0],
        id=GuideId("cua_xa"),
        title="Việc riêng của xã",
        aliases=(*TAUGHT, FAKE),
        intro="Có, ở nhà văn hóa xã.",
        steps=(),
    )
    knowledge = desk.knowledge.renewed(replace(snapshot, guides=(*snapshot.guides, guide)))
    return Conversation(replace(desk, knowledge=knowledge))


def answered(conversation: Conversation, text: str) -> TurnResult:
    return conversation.answer(a_message(text), ConversationState(), now=NOON)


@pytest.mark.parametrize("text", TAUGHT)
def test_the_next_who_asks_gets_the_answer_that_was_taught(
    desk: Desk, taught: Conversation, text: str
) -> None:
    assert answered(Conversation(desk), text).outcome is Outcome.OUT_OF_SCOPE
    told = answered(taught, text)
    assert told.outcome is Outcome.GUIDE
    assert "Có, ở nhà văn hóa xã." in told.replies[0].text


@pytest.mark.parametrize(
    "text", ["xa minh co wifi mien phi khong", "xã mình có wifi miễn phí ko ạ"]
)
def test_it_may_be_written_otherwise(taught: Conversation, text: str) -> None:
    assert answered(taught, text).outcome is Outcome.GUIDE


def test_cheating_is_declined_whatever_was_taught(taught: Conversation) -> None:
    assert answered(taught, FAKE).outcome is Outcome.OUT_OF_SCOPE
