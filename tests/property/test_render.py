"""Splitting a reply never loses a word nor exceeds the limit."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.render import split


@given(st.text(alphabet="aăbc đ.,;\n", max_size=400), st.integers(min_value=5, max_value=60))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_border_between_sentences_is_preferred() -> None:
    assert split("Một câu ngắn. Câu nữa dài hơn", 18) == ["Một câu ngắn.", "Câu nữa dài hơn"]
