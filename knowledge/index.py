"""Immutable look-up over every way a topic is called: names, aliases, and weak extra text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from math import log, sqrt
from typing import Final, Self

from knowledge.lexicon import Lexicon, Span
from knowledge.spelling import Speller
from knowledge.text import Tokens, tokens, words
from knowledge.topics import Topic

CONCEPT_MARK: Final = "@"
EXACT_MARK: Final = "#"
LENGTH_PRIOR: Final = 8


class Kind(IntEnum):
    """Where a phrase comes from."""

    OFFICIAL = 0
    EVERYDAY = 1
    ALIAS = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one topic, cut up for comparison.

    ``keys`` keeps the marks of ``words``; ``weights`` holds the telling power of each word;
    ``concepts`` the positions each concept covers; ``total`` the sum of the weights.
    """

    owner: int
    kind: Kind
    phrase: str
    words: tuple[str, ...]
    keys: tuple[str, ...]
    weights: tuple[float, ...]
    known: frozenset[str]
    concepts: Mapping[str, tuple[int, ...]]
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Everything search needs, built once from the topics and never changed.

    ``damping`` keeps long phrases from winning by their length.
    """

    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
    known: tuple[frozenset[str], ...]
    damping: tuple[float, ...]
    postings: Mapping[str, Sequence[int]]
    idf: Mapping[str, float]
    weak: tuple[frozenset[str], ...]
    lexicon: Lexicon
    speller: Speller

    @classmethod
    def build(cls, topics: Iterable[Topic], lexicon: Lexicon) -> Self:
        """Index ``topics`` in their order."""
        kept = tuple(topics)
        cut = [list(_phrases(topic, lexicon)) for topic in kept]
        idf = _rarity(cut)
        entries: list[Entry] = []
        known: list[frozenset[str]] = []
        for owner, phrases in enumerate(cut):
            first = len(entries)
            entries.extend(_entry(owner, phrase, lexicon, idf) for phrase in phrases)
            known.append(frozenset().union(*(entry.known for entry in entries[first:])))
        return cls(
            topics=kept,
            entries=tuple(entries),
            known=tuple(known),
            damping=tuple(1 / sqrt(entry.total + LENGTH_PRIOR) for entry in entries),
            postings=_postings(entries),
            idf=idf,
            weak=tuple(_weak_words(topic) for topic in kept),
            lexicon=lexicon,
            speller=_speller(entries),
        )

    def rarity(self, term: str) -> float:
        """Tell how much ``term`` narrows the search; unknown words tell little."""
        return self.idf.get(term, 2.0)


@dataclass(frozen=True, slots=True)
class _Phrase:
    kind: Kind
    written: str
    text: Tokens
    spans: tuple[Span, ...]


def _phrases(topic: Topic, lexicon: Lexicon) -> Iterator[_Phrase]:
    seen = set()
    named = [(Kind.OFFICIAL, topic.official_name), (Kind.EVERYDAY, topic.name)]
    for kind, phrase in (*named, *((Kind.ALIAS, alias) for alias in topic.aliases)):
        text = lexicon.written_out(tokens(phrase))
        if text.words and text.keys not in seen:
            seen.add(text.keys)
            yield _Phrase(kind, phrase, text, tuple(lexicon.concepts.spans(text)))


def _rarity(cut: Sequence[Sequence[_Phrase]]) -> dict[str, float]:
    carriers: Counter[str] = Counter()
    for phrases in cut:
        terms: set[str] = set()
        for phrase in phrases:
            terms.update(_terms(phrase.text, phrase.spans))
        carriers.update(terms)
    count = len(cut)
    return {term: log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in carriers.items()}


def _terms(text: Tokens, concepts: Iterable[Span]) -> Iterator[str]:
    yield from text.words
    for left, right in pairwise(text.words):
        yield f"{left} {right}"
    for span in concepts:
        yield CONCEPT_MARK + span.label


def _entry(owner: int, phrase: _Phrase, lexicon: Lexicon, idf: Mapping[str, float]) -> Entry:
    text = phrase.text
    concepts: dict[str, tuple[int, ...]] = {}
    for span in phrase.spans:
        key = CONCEPT_MARK + span.label
        concepts[key] = (*concepts.get(key, ()), *range(span.start, span.end))
    weights = tuple(
        idf[word] * (0.2 if word in lexicon.filler_words else 1.0) for word in text.words
    )
    known = {*_terms(text, phrase.spans), *(EXACT_MARK + key for key in text.keys)}
    return Entry(
        owner,
        phrase.kind,
        phrase.written,
        text.words,
        tuple(EXACT_MARK + key for key in text.keys),
        weights,
        frozenset(known),
        concepts,
        sum(weights),
    )


def _postings(entries: Sequence[Entry]) -> dict[str, list[int]]:
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for term in entry.known:
            if term[0] != EXACT_MARK:
                postings[term].append(number)
    return dict(postings)


def _weak_words(topic: Topic) -> frozenset[str]:
    return frozenset(word for text in topic.weak_text for word in words(text))


def _speller(entries: Sequence[Entry]) -> Speller:
    counts: Counter[str] = Counter()
    pairs: set[tuple[str, str]] = set()
    for entry in entries:
        counts.update(entry.words)
        pairs.update(pairwise(entry.words))
    return Speller(counts, pairs)
