"""Messages that name no procedure are asked back or steered, never guessed at."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState
from bot.privacy import mask
from tests.conftest import NOON
from tests.factories import a_message
from tests.unit.bot.conversation.test_follow_ups import talk


@pytest.mark.parametrize(
    "said",
    [
        "lệ phí bao nhiêu",
        "nộp ở đâu",
        "mất bao lâu",
        "2",
        "hai",
        "ba",
        "1.999999 là gì",
        "0912345678",
    ],
)
def test_what_names_no_procedure_is_asked_back(desk: Desk, said: str) -> None:
    masked = mask(said)
    message = replace(a_message(masked.text), masked=masked.kinds)
    result = Conversation(desk).answer(message, ConversationState(), now=NOON)
    assert result.outcome is Outcome.UNANSWERED


@pytest.mark.parametrize("said", ["?", "😀", "..."])
def test_a_message_without_words_is_helped_on(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.MENU


@pytest.mark.parametrize("said", ["9", "21", "99"])
def test_a_number_beyond_what_was_offered_is_no_question(desk: Desk, said: str) -> None:
    result = talk(desk, "đất đai", said)
    assert [one.text for one in result.replies] == [desk.say("no_such_choice")]
    assert len(result.state.offered) < int(said)


def test_who_says_it_was_wrong_is_not_told_the_same(desk: Desk) -> None:
    assert talk(desk, "đăng ký kết hôn", "sai rồi").outcome is Outcome.UNANSWERED


def test_how_much_is_given_is_no_fee(desk: Desk) -> None:
    result = talk(desk, "trợ cấp người cao tuổi bao nhiêu tiền 1 tháng")
    assert result.aspect is Aspect.OVERVIEW


@pytest.mark.parametrize(
    "said",
    [
        "uống nhầm thuốc sâu",
        "nước lũ lên tới nóc nhà cứu với",
        "mẹ tôi bị lừa đảo chuyển khoản 50 triệu",
        "chồng tôi đánh tôi",
        "tai nạn giao thông báo ai",
    ],
)
def test_what_is_urgent_comes_first(desk: Desk, said: str) -> None:
    assert talk(desk, said).outcome is Outcome.EMERGENCY


@pytest.mark.parametrize(
    "said", ["tôi muốn chết quá", "chán sống lắm rồi", "toi khong muon song nua", "em định tự tử"]
)
def test_who_despairs_hears_a_warm_word_before_the_number(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.EMERGENCY
    first, second, *_ = result.replies[-1].text.splitlines()
    assert first.startswith("Tôi rất tiếc")
    assert "115" in second


@pytest.mark.parametrize("said", ["có người nhảy cầu tự tử", "mẹ tôi uống thuốc sâu"])
def test_who_sees_it_in_another_is_told_the_number_first(desk: Desk, said: str) -> None:
    assert "115" in talk(desk, said).replies[-1].text.splitlines()[0]


@pytest.mark.parametrize("said", ["chờ muốn chết mà chưa có sổ đỏ", "làm khai tử cho người tự tử"])
def test_a_way_of_speaking_is_no_despair(desk: Desk, said: str) -> None:
    assert not talk(desk, said).replies[-1].text.startswith("Tôi rất tiếc")


def test_who_was_hacked_is_helped(desk: Desk) -> None:
    result = talk(desk, "em bị hack vneid")
    assert result.outcome is Outcome.GUIDE
