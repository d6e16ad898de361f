"""A talk goes on: short questions are understood from what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.conversation.desk import Desk
from bot.conversation.outcomes import Aspect, Outcome
from bot.conversation.pipeline import Conversation
from bot.conversation.turn import ConversationState, TurnResult
from tests.conftest import NOON
from tests.factories import a_message

BIRTH = "làm giấy khai sinh cho con"
BIRTH_CODE = "1.001193"


def talk(
    desk: Desk, *said: str, pause: timedelta = timedelta(0), state: ConversationState | None = None
) -> TurnResult:
    """Say one thing after the other, with a pause before the last."""
    conversation = Conversation(desk)
    *before, last = said
    known = state or ConversationState()
    for text in before:
        known = conversation.answer(a_message(text), known, now=NOON).state
    return conversation.answer(a_message(last), known, now=NOON + pause)


@pytest.mark.parametrize(
    ("asked", "aspect"),
    [
        ("hết bao nhiêu tiền?", Aspect.FEE),
        ("bao lâu có", Aspect.TIME),
        ("thế nộp ở đâu", Aspect.WHERE),
    ],
)
def test_a_side_is_told_of_the_procedure_talked_about(
    desk: Desk, asked: str, aspect: Aspect
) -> None:
    result = talk(desk, BIRTH, asked)
    assert (result.outcome, result.procedure, result.aspect) == (
        Outcome.ANSWERED,
        BIRTH_CODE,
        aspect,
    )


def test_the_ranking_begins_with_what_was_answered_also_when_only_remembered(desk: Desk) -> None:
    result = talk(desk, BIRTH, "hết bao nhiêu tiền?")
    assert result.hits[0].code == BIRTH_CODE
    assert len({hit.code for hit in result.hits}) == len(result.hits) <= 10


def test_the_ranking_of_choices_stands_in_the_order_shown(desk: Desk) -> None:
    result = talk(desk, "làm căn cước cho con", "cháu mới 5 tuổi thôi")
    assert result.outcome is Outcome.CHOICES
    values = [choice.value for choice in result.replies[-1].choices]
    shown = [value.removeprefix("p:") for value in values if value.startswith("p:")]
    assert [hit.code for hit in result.hits][: len(shown)] == shown


def test_after_half_an_hour_the_talk_is_forgotten(desk: Desk) -> None:
    fresh = talk(desk, BIRTH, "hết bao nhiêu tiền?", pause=timedelta(minutes=29))
    stale = talk(desk, BIRTH, "hết bao nhiêu tiền?", pause=timedelta(minutes=31))
    assert fresh.procedure == BIRTH_CODE
    assert stale.outcome is not Outcome.ANSWERED


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("xin xã hòa giải tranh chấp đất", "hòa giải xong bên kia vẫn không chịu thì sao"),
        ("tạm ngừng kinh doanh hộ cá thể", "thôi không nghỉ tạm nữa, đóng luôn"),
        ("xin bản sao giấy khai sinh ở đâu", "ý tôi là đăng ký lại vì sổ gốc cũng mất rồi"),
    ],
)
def test_who_moves_on_is_not_told_the_same_again(desk: Desk, before: str, said: str) -> None:
    shown = talk(desk, before).procedure
    assert shown
    assert talk(desk, before, said).hits[0].code != shown


def test_a_new_subject_is_not_mixed_with_the_old(desk: Desk) -> None:
    result = talk(desk, BIRTH, "thủ tục đăng ký kết hôn cần gì")
    assert result.procedure == talk(desk, "thủ tục đăng ký kết hôn cần gì").procedure != BIRTH_CODE


def test_zero_goes_back_and_menu_starts_over(desk: Desk) -> None:
    back = talk(desk, BIRTH, "hết bao nhiêu tiền?", "0")
    assert (back.procedure, back.aspect) == (BIRTH_CODE, Aspect.OVERVIEW)
    over = talk(desk, BIRTH, "menu")
    assert over.outcome is Outcome.MENU
    assert over.state.procedure == ""


def test_a_number_takes_the_choice_with_that_number(desk: Desk) -> None:
    offered = talk(desk, "làm căn cước cho con", "cháu mới 5 tuổi thôi").replies[-1].choices
    for said in ("2", "hai", "hai nha", "số 2", "cái thứ hai"):
        taken = talk(desk, "làm căn cước cho con", "cháu mới 5 tuổi thôi", said)
        assert f"p:{taken.procedure}" == offered[1].value


def _texts(result: TurnResult) -> Sequence[str]:
    return [reply.text for reply in result.replies]


def test_every_answer_ends_with_its_source_and_date(desk: Desk) -> None:
    for said in (BIRTH, "lệ phí đăng ký kết hôn", "cấp lại sổ đỏ bị mất"):
        assert "Nguồn:" in _texts(talk(desk, said))[-1].splitlines()[-1]
