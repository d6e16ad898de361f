"""Marks put back by the words beside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.entries import Cutter
from knowledge.lexicon import Lexicon
from knowledge.restoring import Restorer
from knowledge.text import fold, tokens
from knowledge.vocabulary import Vocabulary

PHRASES = (
    "làm căn cước cần gì",
    "cấp lại căn cước",
    "căn cứ vào đâu",
    "cần làm gì",
    "đất đai",
    "đặt tên cho con",
    "bán đất cho em",
    "bản sao khai sinh",
)


@pytest.fixture(scope="module")
def restorer() -> Restorer:
    return Restorer.learnt(Vocabulary.of(Cutter(Lexicon.load()).entries(0, PHRASES)))


@pytest.mark.parametrize(
    "meant", ["làm căn cước cần gì", "bán đất", "đặt tên", "bản sao", "cấp lại căn cước"]
)
def test_a_bare_word_is_read_by_its_neighbours(restorer: Restorer, meant: str) -> None:
    assert restorer.restored(tokens(fold(meant))) == tokens(meant).keys


def test_a_word_nobody_knows_stays(restorer: Restorer) -> None:
    assert restorer.restored(tokens("xyzzy dat ten")) == ("xyzzy", *tokens("đặt tên").keys)


@given(st.text(alphabet="abđặtânêu ckihmơ", max_size=60))
def test_marks_that_were_typed_stay_and_no_word_is_lost(restorer: Restorer, said: str) -> None:
    text = tokens(said)
    restored = restorer.restored(text)
    assert len(restored) == len(text.words)
    typed = zip(text.words, text.keys, restored, strict=True)
    assert all(now == key for word, key, now in typed if key != word)
    # A key is the bare word with its marks behind.
    assert all(map(str.startswith, restored, text.words))


def test_nothing_said_is_nothing_restored(restorer: Restorer) -> None:
    assert restorer.restored(tokens("")) == ()
