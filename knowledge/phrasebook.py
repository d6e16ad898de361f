"""Known word sequences, and where they stand in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from knowledge.text import Tokens, tokens


@dataclass(frozen=True, slots=True)
class Span:
    """Words ``start`` to ``end`` (exclusive) of a text, and what they stand for."""

    start: int
    end: int
    label: str


class Phrasebook:
    """Finds known word sequences in a text; marks count when the text was written with them."""

    def __init__(self, labelled: Iterable[tuple[str, str]]) -> None:
        """Take pairs of phrase and label; a phrase given twice keeps its first label."""
        self._known: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        for phrase, label in labelled:
            cut = tokens(phrase)
            if cut.words:
                self._known.setdefault(cut.words, []).append((cut.keys, label))
        # By their first two words, since many a phrase begins with the same one.
        lengths: defaultdict[str, defaultdict[str, set[int]]] = defaultdict(_no_lengths)
        for known in self._known:
            lengths[known[0]][known[1] if len(known) > 1 else ""].add(len(known))
        self._lengths = {
            first: {second: _longest_first(found, nexts) for second, found in nexts.items()}
            for first, nexts in lengths.items()
        }

    def spans(self, text: Tokens, *, loose: bool = False) -> list[Span]:
        """Give the longest known phrase at every position; phrases may overlap.

        Read loosely, bare words of a marked text may be any words of a longer phrase.
        """
        found = []
        for start, (first, second) in enumerate(pairwise((*text.words, ""))):
            nexts = self._lengths.get(first)
            if nexts:
                lengths = nexts.get(second) or nexts.get("")
                span = self._longest(text, start, lengths, loose=loose) if lengths else None
                if span:
                    found.append(span)
        return found

    def _longest(
        self, text: Tokens, start: int, lengths: Iterable[int], *, loose: bool
    ) -> Span | None:
        for length in lengths:
            end = start + length
            if end > len(text.words):
                continue
            for phrase_keys, label in self._known.get(text.words[start:end], ()):
                if _fits(text, start, phrase_keys, loose=loose):
                    return Span(start, end, label)
        return None


def _fits(text: Tokens, start: int, phrase: tuple[str, ...], *, loose: bool) -> bool:
    end = start + len(phrase)
    if not text.marked or text.keys[start:end] == phrase:
        return True
    told = zip(text.keys[start:end], text.words[start:end], phrase, strict=True)
    return loose and len(phrase) > 1 and all(key in (word, way) for key, word, way in told)


def _no_lengths() -> defaultdict[str, set[int]]:
    return defaultdict(set)


def _longest_first(found: set[int], nexts: Mapping[str, set[int]]) -> tuple[int, ...]:
    """Order lengths; the first word alone may be a phrase too, whatever follows it."""
    return tuple(sorted(found | nexts.get("", set()), reverse=True))
