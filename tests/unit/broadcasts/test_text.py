"""Words of a plan compare alike however its scribe typed them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from broadcasts.text import composed, is_syllable, mark_key, plain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Quý", "quy"),
        ("Qúy", "quy"),
        ("ĐẾN", "den"),
        ("thuờng", "thuong"),
        ("hằng", "hang"),
        ("𝕊ố", "so"),
    ],
)
def test_marks_and_capitals_fall_away(typed: str, meant: str) -> None:
    assert plain(typed) == meant


def test_where_a_mark_was_put_is_no_matter() -> None:
    assert mark_key("hóa") == mark_key("hoá")
    assert mark_key("Qúy") == mark_key("quý")


def test_a_mark_tells_two_words_apart() -> None:
    assert mark_key("sáu") != mark_key("sau")
    assert mark_key("đa") != mark_key("da")


def test_signs_nobody_sees_fall_away_and_odd_ones_become_plain() -> None:
    assert composed("Quý\u200b\xa0Ⅲ/２０２４") == "Quý III/2024"


@pytest.mark.parametrize(
    "word",
    ["thuong", "xuyen", "quy", "thang", "nghieng", "khuya", "quyet", "ngoac", "huou", "ky", "hue"],
)
def test_a_syllable_is_known(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["xuyeen", "thnag", "xuen", "qyu", "", "zalo", "trouc"])
def test_what_no_vietnamese_word_is_written_like_is_none(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(max_size=60))
@example("𝕊")
@example("İ")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet="ăâđêôơưàáảãạầấẩẫậừứửữự quythangnam", max_size=40))
def test_how_marks_are_composed_is_not_seen(text: str) -> None:
    assert plain(unicodedata.normalize("NFD", text)) == plain(unicodedata.normalize("NFC", text))
    assert mark_key(unicodedata.normalize("NFD", text)) == mark_key(text)
