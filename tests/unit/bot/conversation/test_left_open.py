"""What was not answered is left to the officials, and told later to who wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation.desk import Desk
from bot.conversation.errands import Errand
from bot.conversation.outcomes import Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.state import from_json, to_json
from bot.conversation.turn import ConversationState
from bot.conversation.unmet import TELL, UNTELL, mark_of
from bot.messages import MessageKind
from bot.privacy import PersonalData, mask
from tests.conftest import NOON
from tests.factories import a_message
from tests.unit.bot.conversation.test_follow_ups import talk

SILK = "xin giấy phép nuôi tằm trên nóc nhà văn hóa"


@pytest.mark.parametrize("said", [SILK, "1.999999 là gì"])
def test_what_has_no_answer_is_left_open(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.outcome is Outcome.UNANSWERED
    assert result.unmet is not None
    assert result.unmet.text == said
    assert result.unmet.shape
    assert result.office == (desk.office.code if desk.office else "")


@pytest.mark.parametrize("said", ["lệ phí bao nhiêu", "nộp ở đâu", "2", "0912345678", "giấy tờ"])
def test_what_is_asked_back_is_not_left_open(desk: Desk, said: str) -> None:
    result = talk(desk, said)
    assert result.unmet is None
    assert not any(reply.choices for reply in result.replies)


@pytest.mark.parametrize("said", ["thời tiết mai thế nào", "xin chào", "làm giấy khai sinh"])
def test_what_is_answered_or_declined_is_not_left_open(desk: Desk, said: str) -> None:
    assert talk(desk, said).unmet is None


def test_who_takes_none_of_the_choices_was_not_answered(desk: Desk) -> None:
    offered = talk(desk, "giấy đăng ký")
    assert offered.outcome is Outcome.CHOICES
    none = talk(desk, "không có mục nào đúng", state=offered.state)
    assert none.unmet is not None
    assert none.unmet.text == "giấy đăng ký"
    again = talk(desk, "không có mục nào đúng", state=none.state)
    assert again.unmet is None


def test_nothing_of_a_denunciation_is_left_open(desk: Desk) -> None:
    withheld = PersonalData.DENUNCIATION
    conversation = Conversation(desk)
    message = replace(a_message(f"tố cáo {withheld.mark}"), masked=(withheld,))
    told = conversation.answer(message, ConversationState(), now=NOON)
    going_on = talk(desk, "tôi có bằng chứng ghi âm", state=told.state)
    assert going_on.withheld
    assert going_on.unmet is None
    pressed = replace(
        ConversationState(spoken_at=NOON),
        question=message.text,
        offered=("p:1.001193", "none"),
    )
    assert talk(desk, "không có mục nào đúng", state=pressed).unmet is None


@pytest.mark.parametrize("said", ["1", "báo cho tôi khi có trả lời", "nhắn lại cho tôi nhé"])
def test_the_offer_to_be_told_is_taken_by_number_or_in_words(desk: Desk, said: str) -> None:
    result = talk(desk, SILK, said)
    assert result.outcome is Outcome.FOLLOW_UP
    assert result.errand is Errand.TELL
    assert result.agreement is not None
    assert result.agreement.mark == mark_of("1")
    assert desk.say("tell_agreed") in result.agreement.words
    assert result.state.awaits


@pytest.mark.parametrize("said", ["cảm ơn", "vâng", "ok", "có", "dạ", "không", "thôi"])
def test_politeness_is_no_agreement(desk: Desk, said: str) -> None:
    result = talk(desk, SILK, said)
    assert result.errand is None
    assert not result.state.awaits


def test_nobody_agrees_who_was_offered_nothing(desk: Desk) -> None:
    assert talk(desk, "báo cho tôi khi có trả lời").errand is None


def test_a_pressed_button_names_its_own_question(desk: Desk) -> None:
    conversation = Conversation(desk)
    state = ConversationState()
    values = []
    for number, said in enumerate([SILK, "xin giấy phép nuôi ong trên nóc nhà văn hóa"]):
        result = conversation.answer(a_message(said, external_id=f"m{number}"), state, now=NOON)
        state = result.state
        values.append(result.replies[-1].choices[0].value)
    press = a_message(values[0], external_id="m2", kind=MessageKind.CHOICE)
    agreement = conversation.answer(conversation.kept(press), state, now=NOON).agreement
    assert agreement is not None
    assert agreement.mark == mark_of("m0")


@pytest.mark.parametrize("said", ["đừng báo nữa", "thôi đừng báo", UNTELL])
def test_it_is_taken_back_at_any_time(desk: Desk, said: str) -> None:
    agreed = talk(desk, SILK, "1").state
    kind = MessageKind.CHOICE if said == UNTELL else MessageKind.TEXT
    later = NOON + timedelta(days=3)
    result = Conversation(desk).answer(a_message(said, kind=kind), agreed, now=later)
    assert result.outcome is Outcome.FOLLOW_UP
    assert result.errand is Errand.UNTELL
    assert not result.state.awaits


def test_no_silence_and_no_menu_ends_the_wait(desk: Desk) -> None:
    agreed = talk(desk, SILK, "1").state
    for said in ("menu", "làm giấy khai sinh"):
        later = Conversation(desk).answer(a_message(said), agreed, now=NOON + timedelta(hours=9))
        assert later.state.awaits
        assert from_json(to_json(later.state)).awaits


def test_a_row_of_an_older_release_awaits_nothing() -> None:
    older = to_json(ConversationState(question="khai sinh")).replace(', "awaits": false', "")
    assert "awaits" not in older
    assert from_json(older) == ConversationState(question="khai sinh")


def test_nothing_is_offered_where_no_official_looks(desk: Desk) -> None:
    result = talk(replace(desk, attended=False), SILK)
    assert not any(reply.choices for reply in result.replies)
    assert "nhắn lại" not in result.replies[-1].text


def test_a_choice_that_names_a_question_looks_like_nobodys_number() -> None:
    for number in range(200):
        value = f"{TELL}{mark_of(str(number))}"
        assert mask(value).text == value
        assert len(value.encode()) <= 60
