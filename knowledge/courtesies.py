"""Greetings and thanks around a question: at its edges they say nothing of what is asked.

Words of courtesy are many, and put together in any way ("nhờ anh chị tư vấn giúp em với ạ"), so
they are known as a closed class of words and no list of phrases. Inside a question they count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Self

from knowledge.text import Tokens, is_marked, tokens


@dataclass(frozen=True, slots=True)
class _Words:
    """A class of words, by how they are written bare: each with the keys it stands for."""

    keys: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, told: str) -> Self:
        cut = tokens(told)
        found: dict[str, set[str]] = {}
        for word, key in zip(cut.words, cut.keys, strict=True):
            found.setdefault(word, set()).add(key)
        return cls({word: frozenset(keys) for word, keys in found.items()})

    def holds(self, word: str, key: str, *, marked: bool) -> bool:
        """Tell whether a word is one of these; of a marked text its marks must be theirs."""
        keys = self.keys.get(word)
        return keys is not None and (not marked or key == word or key in keys)


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where a run of courtesies may be cut: at a word, or at a few that are none alone."""

    words: _Words
    phrases: frozenset[tuple[str, ...]]

    @classmethod
    def of(cls, words: str, phrases: Iterable[str]) -> Self:
        return cls(_Words.of(words), frozenset(tokens(one).words for one in phrases))

    def ends_at(self, text: Tokens, place: int) -> bool:
        """Tell whether one of them ends with the word at ``place``."""
        behind = text.words[: place + 1]
        return _is(text, place, self.words) or any(
            behind[-len(one) :] == one for one in self.phrases
        )

    def begins_at(self, text: Tokens, place: int) -> bool:
        """Tell whether one of them begins with the word at ``place``."""
        ahead = text.words[place:]
        return _is(text, place, self.words) or any(
            ahead[: len(one)] == one for one in self.phrases
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Courtesies:
    """The words of courtesy, those an opening ends in and those a closing begins with."""

    opening: _Words
    ends: _Edge
    closing: _Words
    begins: _Edge

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Take the two tables of the language file."""
        opening, closing = told["opening"], told["closing"]
        return cls(
            opening=_Words.of(opening["words"]),
            ends=_Edge.of(opening["ends"], opening["phrases"]),
            closing=_Words.of(closing["words"]),
            begins=_Edge.of(closing["begins"], closing["phrases"]),
        )

    def within(self, text: Tokens) -> Tokens:
        """Give the question without what stands before and behind it; all, where nothing is left.

        Whether it is written with marks is told by the question alone.
        """
        start, end = self._opened(text), self._closed(text)
        words, keys = text.words[start:end], text.keys[start:end]
        return Tokens(words, keys, is_marked(words, keys)) if words else text

    def _opened(self, text: Tokens) -> int:
        run = _run(text, range(len(text.words)), self.opening)
        for last in reversed(run):
            if self.ends.ends_at(text, last):
                return last + 1
        return 0

    def _closed(self, text: Tokens) -> int:
        size = len(text.words)
        run = _run(text, reversed(range(size)), self.closing)
        starts = (place for place in reversed(run) if self.begins.begins_at(text, place))
        return next(starts, size)


def _is(text: Tokens, place: int, words: _Words) -> bool:
    return words.holds(text.words[place], text.keys[place], marked=text.marked)


def _run(text: Tokens, places: Iterable[int], words: _Words) -> Sequence[int]:
    return list(takewhile(lambda place: _is(text, place, words), places))
