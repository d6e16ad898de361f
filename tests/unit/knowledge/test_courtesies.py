"""What stands around a question, and what stays of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lexicon import Lexicon
from knowledge.text import fold, tokens

COURTESIES = Lexicon.load().courtesies
GREETINGS = st.sampled_from(
    [
        "",
        "Dạ",
        "Alo",
        "Kính gửi UBND xã, cho tôi hỏi",
        "ad ơi",
        "chào ac, e muốn hỏi",
        "Nhờ anh chị chỉ giúp",
    ]
)
THANKS = st.sampled_from(["", "ạ", "với ạ", "vs ad", "ạ, em cảm ơn nhiều", "mong trả lời sớm"])
QUESTIONS = st.sampled_from(
    [
        "đăng ký kết hôn",
        "mất sổ đỏ",
        "lệ phí",
        "chuyển hộ khẩu về quê chồng",
        "xây nhà trên đất vườn",
    ]
)


def _left(text: str) -> str:
    return " ".join(COURTESIES.within(tokens(text)).words)


@given(GREETINGS, QUESTIONS, THANKS)
def test_the_question_alone_is_left(before: str, question: str, behind: str) -> None:
    asked = f"{before} {question} {behind}"
    assert _left(asked).removeprefix("da ").removeprefix("alo ") == fold(question)
    assert _left(fold(asked)).removeprefix("da ").removeprefix("alo ") == fold(question)


@given(st.text(max_size=80))
def test_what_is_left_is_a_part_and_never_nothing(text: str) -> None:
    said = tokens(text)
    left = COURTESIES.within(said).words
    assert bool(left) == bool(said.words)
    places = range(len(said.words) - len(left) + 1)
    assert any(said.words[place : place + len(left)] == left for place in places)


@pytest.mark.parametrize(
    "text",
    [
        "xin chào",
        "cho em hỏi",
        "cảm ơn ad",
        "hội người cao tuổi",
        "muốn sửa nhà",
        "muon sua nha",
        "xin việc làm",
        "thẻ hướng dẫn viên",
    ],
)
def test_what_is_all_courtesy_or_none_stays_whole(text: str) -> None:
    assert _left(text) == fold(text)


def test_words_of_courtesy_inside_a_question_stay() -> None:
    asked = "cho em hỏi đơn xin cảm ơn cán bộ xã gửi cho ai ạ"
    assert _left(asked) == "don xin cam on can bo xa gui cho ai"
