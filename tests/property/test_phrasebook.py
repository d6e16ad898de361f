"""A phrasebook finds what looking at every phrase, longest first, would find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.phrasebook import Phrasebook, Span
from knowledge.text import Tokens, tokens

# Few words, so that phrases begin alike and stand within each other.
WORDS = st.lists(st.sampled_from(["má", "ma", "mà", "con", "cón", "đất"]), min_size=1, max_size=4)
PHRASES = st.lists(st.tuples(WORDS.map(" ".join), st.sampled_from("ABC")), max_size=8)


@given(PHRASES, st.lists(WORDS, max_size=4))
def test_it_finds_the_longest_phrase_at_every_word(
    labelled: list[tuple[str, str]], said: list[list[str]]
) -> None:
    text = tokens(" ".join(word for words in said for word in words))
    found = [span for start in range(len(text.words)) if (span := _longest(labelled, text, start))]
    assert Phrasebook(labelled).spans(text) == found


@given(PHRASES, st.lists(WORDS, max_size=4))
def test_read_loosely_bare_words_may_be_any_of_a_longer_phrase(
    labelled: list[tuple[str, str]], said: list[list[str]]
) -> None:
    text = tokens(" ".join(word for words in said for word in words))
    each = list(zip(text.words, text.keys, strict=True))
    for span in Phrasebook(labelled).spans(text, loose=True):
        known = [phrase for phrase, label in labelled if label == span.label]
        assert any(_may_be(each[span.start : span.end], phrase) for phrase in known)
    strictly = {span.start: span.end for span in Phrasebook(labelled).spans(text)}
    loosely = {span.start: span.end for span in Phrasebook(labelled).spans(text, loose=True)}
    assert all(loosely[start] >= end for start, end in strictly.items())


def _may_be(told: list[tuple[str, str]], phrase: str) -> bool:
    known = tokens(phrase)
    if [word for word, _ in told] != list(known.words):
        return False
    exact = [key for _, key in told] == list(known.keys)
    bare = all(key in (word, way) for (word, key), way in zip(told, known.keys, strict=True))
    return exact or not any(word != key for word, key in told) or (len(told) > 1 and bare)


def _longest(labelled: list[tuple[str, str]], text: Tokens, start: int) -> Span | None:
    best: Span | None = None
    for phrase, label in labelled:
        known = tokens(phrase)
        end = start + len(known.words)
        told = text.keys[start:end] if text.marked else text.words[start:end]
        wanted = known.keys if text.marked else known.words
        if told == wanted and (best is None or end > best.end):
            best = Span(start, end, label)
    return best
