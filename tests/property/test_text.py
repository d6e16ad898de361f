"""Folding holds for any text at all."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.text import fold, tokens, untyped, words

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậéèẻẽẹếềểễệ 0129.,!?", max_size=60
)


@given(st.text(max_size=80))
@example("ᶞ")
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_folding_does_not_see_how_marks_are_composed(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(VIETNAMESE)
def test_folding_does_not_see_capitals(text: str) -> None:
    assert words(text.upper()) == words(text)


@given(st.text(max_size=80))
def test_every_word_has_its_key(text: str) -> None:
    cut = tokens(text)
    assert len(cut.words) == len(cut.keys)


@given(st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True))
def test_undoing_an_input_method_is_done_in_one_go(word: str) -> None:
    assert untyped(untyped(word)) == untyped(word)
