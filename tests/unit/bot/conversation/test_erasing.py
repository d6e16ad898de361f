"""Who wants to be forgotten is told how, in the way of their channel."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from bot.messages import ChannelName
from tests.conftest import NOON
from tests.factories import a_citizen, a_message


def told(desk: Desk, text: str, channel: ChannelName = ChannelName.WEB) -> TurnResult:
    said = replace(a_message(text), address=a_citizen(channel=channel))
    return Conversation(desk).answer(said, ConversationState(), now=NOON)


@pytest.mark.parametrize(
    "text",
    ["xóa dữ liệu của tôi", "xoa du lieu cua toi", "quên tôi đi", "xóa hết tin nhắn giúp em"],
)
def test_on_the_page_its_own_button_is_named(desk: Desk, text: str) -> None:
    result = told(desk, text)
    assert result.outcome is Outcome.SMALL_TALK
    assert "“Xóa trên máy này”" in result.replies[0].text


@pytest.mark.parametrize("channel", [one for one in ChannelName if one is not ChannelName.WEB])
def test_elsewhere_neither_a_button_of_the_page_nor_another_application_is_named(
    desk: Desk, channel: ChannelName
) -> None:
    (reply,) = told(desk, "xóa dữ liệu của tôi", channel).replies
    assert "ngay trong ứng dụng nhắn tin:" in reply.text
    assert "Xóa trên máy này" not in reply.text
    assert "Telegram" not in reply.text


@pytest.mark.parametrize(
    "text", ["xóa đăng ký thường trú", "xóa thông tin của tôi trong dữ liệu dân cư", "xóa án tích"]
)
def test_what_other_offices_keep_is_another_matter(desk: Desk, text: str) -> None:
    assert told(desk, text).outcome is not Outcome.SMALL_TALK
