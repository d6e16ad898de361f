"""The phrases a topic is called by, cut up for comparison.

A term is a folded word, two neighbouring ones with a blank between, a word with its marks behind
``EXACT_MARK``, or a concept behind ``CONCEPT_MARK``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Final

from knowledge.lexicon import Lexicon
from knowledge.once import Once
from knowledge.phrasebook import Span
from knowledge.text import tokens

CONCEPT_MARK: Final = "@"
EXACT_MARK: Final = "#"
NO_CONCEPTS: Final[Mapping[str, tuple[int, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one topic.

    ``exact`` are the ``words`` as terms that keep their marks; ``concepts`` the positions each
    concept covers; ``owner`` the number of the topic.
    """

    owner: int
    phrase: str
    words: tuple[str, ...]
    exact: tuple[str, ...]
    concepts: Mapping[str, tuple[int, ...]]


class Cutter:
    """Cuts phrases up; the terms many of them share are made once."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Find the concepts of ``lexicon``."""
        self._lexicon = lexicon
        self._exact: Once[str, str] = Once(EXACT_MARK.__add__)
        self._pairs: Once[tuple[str, str], str] = Once(" ".join)

    def entries(self, owner: int, phrases: Iterable[str]) -> Sequence[Entry]:
        """Cut up ``phrases`` of topic number ``owner``; those written alike stand once."""
        seen: dict[tuple[str, ...], Entry] = {}
        for phrase in phrases:
            text = self._lexicon.written_out(tokens(phrase))
            if text.words and text.keys not in seen:
                exact = tuple(map(self._exact.__getitem__, text.keys))
                concepts = _covered(self._lexicon.concepts.spans(text))
                seen[text.keys] = Entry(owner, phrase, text.words, exact, concepts)
        return tuple(seen.values())

    def terms(self, entry: Entry) -> Iterable[str]:
        """Give each word, pair of neighbours and concept of ``entry`` once."""
        beside = map(self._pairs.__getitem__, pairwise(entry.words))
        return dict.fromkeys(chain(entry.words, beside, entry.concepts))


def _covered(spans: Iterable[Span]) -> Mapping[str, tuple[int, ...]]:
    concepts: dict[str, tuple[int, ...]] = {}
    for span in spans:
        key = CONCEPT_MARK + span.label
        concepts[key] = (*concepts.get(key, ()), *range(span.start, span.end))
    return concepts or NO_CONCEPTS
