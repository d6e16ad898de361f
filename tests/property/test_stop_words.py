"""No sentence ever ends somebody's news: only the exact words do, however they are typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.news_words import NewsWords, says
from knowledge.text import fold, tokens

KNOWN = NewsWords.load()
STOPPING = {**KNOWN.bare, **KNOWN.clear}
OTHERS = (
    "hồ sơ", "kết hôn", "kinh doanh", "xe", "tôi", "muốn", "không", "giấy phép", "đừng", "đúng",
    "cho con", "anh", "bị", "sao", "được", "ở đâu", "tạm trú", "hợp đồng", "dùng", "điện", "nước",
)  # fmt: skip
PHRASES = (
    "dừng", "hủy", "stop", "ngừng", "dừng nhận tin", "hủy đăng ký", "ngừng nhận", "tắt", "bật lại",
)  # fmt: skip
words = st.lists(st.sampled_from(OTHERS), max_size=4)


def _stops(text: str) -> bool:
    said = tokens(text)
    return says(KNOWN.bare, said) or says(KNOWN.clear, said)


@given(words, st.sampled_from(PHRASES), words, st.sampled_from([str, str.upper, fold]))
def test_a_sentence_with_such_a_word_in_it_stops_nothing(
    before: list[str], phrase: str, after: list[str], typed: Callable[[str], str]
) -> None:
    text = typed(" ".join([*before, phrase, *after]))
    if not before and not after:
        assert _stops(text) is (phrase != "bật lại")
    elif tokens(text).words not in STOPPING:
        assert not _stops(text)


@given(st.sampled_from(OTHERS), st.sampled_from(PHRASES))
def test_one_more_word_is_a_sentence(other: str, phrase: str) -> None:
    assert not _stops(f"{phrase} {other}") or tokens(f"{phrase} {other}").words in STOPPING
    assert not _stops(f"{other} {phrase}") or tokens(f"{other} {phrase}").words in STOPPING


@given(
    st.sampled_from(["dừng", "hủy", "stop", "ngừng nhận tin"]),
    st.booleans(),
    st.sampled_from(["", " ", "!", ".", "…", '"']),
    st.booleans(),
)
def test_the_word_counts_however_it_is_typed(
    word: str, composed: bool, around: str, shouted: bool
) -> None:
    said = word.upper() if shouted else word
    text = unicodedata.normalize("NFC" if composed else "NFD", said)
    assert _stops(f"{around}{text}{around}")
    assert _stops(fold(text))


@given(st.sampled_from(["đúng", "đừng", "dùng", "dũng", "dụng", "đứng", "hụy", "ngưng"]))
def test_a_word_with_other_marks_is_another_word(word: str) -> None:
    assert not _stops(word)


@given(st.text(max_size=40))
def test_anything_else_stops_nothing(text: str) -> None:
    assert _stops(text) is (tokens(text).words in STOPPING and _same(text))


def _same(text: str) -> bool:
    said = tokens(text)
    return said.keys == said.words or said.keys in STOPPING[said.words]
