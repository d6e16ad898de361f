"""What goes back to who asked."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.officials.answers import LONGEST_QUOTE, follow_up, quoted


def test_what_was_hidden_is_named_in_words() -> None:
    assert quoted("số của tôi [phone]\nhỏi việc A") == "số của tôi [số điện thoại] hỏi việc A"


def test_a_long_question_ends_after_a_whole_word() -> None:
    said = quoted("tôi muốn hỏi về việc xin phép " * 10)
    assert len(said) <= LONGEST_QUOTE
    assert said.endswith("…")
    assert said[:-1].split()[-1] in {"tôi", "muốn", "hỏi", "về", "việc", "xin", "phép"}


def test_one_endless_word_is_cut() -> None:
    assert quoted("a" * 500) == "a" * (LONGEST_QUOTE - 1) + "…"


@settings(max_examples=40)
@given(st.text(max_size=400))
def test_a_quote_is_one_line_of_bounded_length(question: str) -> None:
    said = quoted(question)
    assert len(said) <= LONGEST_QUOTE
    assert len(said.splitlines()) <= 1


def test_the_paragraphs_of_an_answer_stay() -> None:
    assert follow_up("Cán bộ trả lời:", "Một.\n\nHai.\n") == "Cán bộ trả lời:\nMột.\n\nHai."
