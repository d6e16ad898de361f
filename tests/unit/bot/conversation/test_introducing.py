"""Nobody takes the program for a person: the first reply of all says what it is."""

from __future__ import annotations

import pytest

from bot.conversation.desk import Desk
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName
from tests.conftest import NOON
from tests.factories import a_citizen, a_message, an_id

TOLD = "Đây là chương trình trả lời tự động, không phải người."
ASKED = "đăng ký khai sinh cần giấy tờ gì"
CHATS = sorted({*ChannelName} - {ChannelName.WEB})


def _said(desk: Desk, channel: ChannelName, *texts: str) -> list[TurnResult]:
    conversation, results = Conversation(desk), list[TurnResult]()
    address = a_citizen(an_id(channel), channel)
    for text in texts:
        before = results[-1].state if results else ConversationState()
        results.append(conversation.answer(a_message(text, address=address), before, now=NOON))
    return results


@pytest.mark.parametrize("channel", CHATS)
def test_who_asks_at_once_is_told_once_before_the_answer(desk: Desk, channel: ChannelName) -> None:
    first, second = _said(desk, channel, ASKED, "lệ phí bao nhiêu")
    assert first.replies[0].text.startswith(f"{TOLD}\n")
    assert "Tờ khai" in first.replies[0].text
    assert not any(TOLD in reply.text for reply in second.replies)


@pytest.mark.parametrize("channel", CHATS)
@pytest.mark.parametrize("said", ["/start", "bạn là ai"])
def test_who_is_greeted_is_told_there_and_not_twice(
    desk: Desk, channel: ChannelName, said: str
) -> None:
    results = _said(desk, channel, said, ASKED)
    assert "tự động" in results[0].replies[0].text
    assert not any(TOLD in reply.text for one in results for reply in one.replies)


@pytest.mark.parametrize("channel", CHATS)
def test_nothing_stands_before_what_saves_a_life(desk: Desk, channel: ChannelName) -> None:
    (result,) = _said(desk, channel, "cháy nhà rồi cứu với")
    assert "114" in result.replies[0].text.splitlines()[0]
    assert not any(TOLD in reply.text for reply in result.replies)


def test_the_web_chat_says_so_on_its_page(desk: Desk) -> None:
    (result,) = _said(desk, ChannelName.WEB, ASKED)
    assert not any(TOLD in reply.text for reply in result.replies)
