"""A plain yes or no in everyday words, Southern ones and shorthand among them."""

from __future__ import annotations

import pytest

from bot.conversation.filing.presses import DEEDS
from bot.conversation.filing.table import STATES
from bot.conversation.filing.talk import Step
from bot.conversation.short_answers import ShortAnswers
from knowledge.text import tokens

KNOWN = ShortAnswers.load()


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("offer", "đồng ý"),
        ("offer", "dung roi"),
        ("offer", "Ừ"),
        ("notice", "tôi đã hiểu rồi"),
        ("notice", "da ro"),
        ("call", "gọi lại cho tôi"),
        ("call", "goi giup toi di"),
        ("papers", "dạ có"),
        ("summary", "gửi đi"),
        ("summary", "đúng rồi, gửi luôn nha"),
        ("withdrawing", "rut di"),
    ],
)
def test_a_yes_is_heard(question: str, typed: str) -> None:
    assert KNOWN.heard(tokens(typed), question) is True


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("offer", "không phải"),
        ("call", "không cần gọi"),
        ("call", "khỏi gọi"),
        ("call", "dạ hổng cần đâu"),
        ("call", "thoi khoi"),
        ("photo", "không có hình"),
        ("photo", "đâu có chụp"),
        ("photo", "ko co anh"),
        ("papers", "có giấy tờ gì đâu"),
        ("place", "không nhớ rõ"),
        ("summary", "chưa gửi"),
    ],
)
def test_a_no_is_heard(question: str, typed: str) -> None:
    assert KNOWN.heard(tokens(typed), question) is False


@pytest.mark.parametrize("typed", ["dung goi", "dung goi nha"])
def test_without_marks_a_deed_is_rather_left_undone(typed: str) -> None:
    assert KNOWN.heard(tokens(typed), "call") is False


@pytest.mark.parametrize(
    ("question", "typed"),
    [
        ("call", "có gọi không"),
        ("call", "gọi cho bà Năm"),
        ("call", "không, đèn hỏng thêm hai cái"),
        ("place", "không có số nhà, gần chợ"),
        ("summary", ""),
    ],
)
def test_any_other_word_makes_it_something_else(question: str, typed: str) -> None:
    assert KNOWN.heard(tokens(typed), question) is None


def test_a_choice_is_meant_by_other_words_than_its_own() -> None:
    labels = [*STATES[Step.EDIT].choices.values()]
    assert KNOWN.choice(tokens("sửa chỗ"), labels) == "feedback_edit_where"
    assert KNOWN.choice(tokens("doi thoi gian"), labels) == "feedback_edit_when"
    assert KNOWN.choice(tokens("xong rồi"), ["feedback_photo_done"]) == "feedback_photo_done"
    assert KNOWN.choice(tokens("khong con hinh nua"), ["feedback_photo_done"])
    for skipped in ("bỏ qua", "bo qua a", "xong rồi"):
        assert KNOWN.choice(tokens(skipped), ["feedback_photo_none"]) == "feedback_photo_none"
    assert KNOWN.choice(tokens("có ảnh"), ["feedback_photo_none"]) == ""
    assert KNOWN.choice(tokens("sửa"), labels) == ""
    assert KNOWN.choice(tokens("sửa chỗ và ngày"), labels) == ""


def test_words_stand_beside_questions_and_choices_that_are_there() -> None:
    assert set(KNOWN.questions) <= {*Step, "offer", "contact"}
    labels = {key for state in STATES.values() for key in state.choices.values()}
    assert set(KNOWN.chosen) <= {"beside", *labels, *DEEDS.values()}
