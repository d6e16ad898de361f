"""Immutable look-up over every way a topic is called: names, aliases, and weak extra text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import chain, pairwise
from math import log, sqrt
from typing import Final, Self

from knowledge.lexicon import Lexicon, Span
from knowledge.once import Once
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
        pairs: Once[tuple[str, str], str] = Once(" ".join)
        cut = [list(_phrases(topic, lexicon, pairs)) for topic in kept]
        idf = _rarity(cut)
        by_topic = list(_entries(cut, lexicon, idf))
        entries = tuple(chain.from_iterable(by_topic))
        return cls(
            topics=kept,
            entries=entries,
            known=tuple(map(_known, by_topic)),
            damping=tuple(1 / sqrt(entry.total + LENGTH_PRIOR) for entry in entries),
            postings=_postings(chain.from_iterable(cut)),
            idf=idf,
            weak=tuple(map(Once(_weak_words).__getitem__, (topic.weak_text for topic in kept))),
            lexicon=lexicon,
            speller=Speller(
                Counter(chain.from_iterable(entry.words for entry in entries)), set(pairs)
            ),
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
    terms: tuple[str, ...]


def _phrases(
    topic: Topic, lexicon: Lexicon, pairs: Mapping[tuple[str, str], str]
) -> Iterator[_Phrase]:
    seen = set()
    named = [(Kind.OFFICIAL, topic.official_name), (Kind.EVERYDAY, topic.name)]
    for kind, phrase in (*named, *((Kind.ALIAS, alias) for alias in topic.aliases)):
        text = lexicon.written_out(tokens(phrase))
        if text.words and text.keys not in seen:
            seen.add(text.keys)
            spans = tuple(lexicon.concepts.spans(text))
            yield _Phrase(kind, phrase, text, spans, _terms(text, spans, pairs))


def _terms(
    text: Tokens, spans: Iterable[Span], pairs: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    paired = map(pairs.__getitem__, pairwise(text.words))
    concepts = (CONCEPT_MARK + span.label for span in spans)
    return tuple(dict.fromkeys((*text.words, *paired, *concepts)))


def _rarity(cut: Sequence[Sequence[_Phrase]]) -> dict[str, float]:
    told = (set(chain.from_iterable(phrase.terms for phrase in phrases)) for phrases in cut)
    carriers = Counter(chain.from_iterable(told))
    count = len(cut)
    return {term: log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in carriers.items()}


def _entries(
    cut: Sequence[Sequence[_Phrase]], lexicon: Lexicon, idf: Mapping[str, float]
) -> Iterator[list[Entry]]:
    exact: Once[str, str] = Once(EXACT_MARK.__add__)
    fillers = lexicon.filler_words
    weights: Once[str, float] = Once(lambda word: idf[word] * (0.2 if word in fillers else 1.0))
    for owner, phrases in enumerate(cut):
        yield [_entry(owner, phrase, exact, weights) for phrase in phrases]


def _entry(
    owner: int, phrase: _Phrase, exact: Mapping[str, str], weights: Mapping[str, float]
) -> Entry:
    text = phrase.text
    concepts: dict[str, tuple[int, ...]] = {}
    for span in phrase.spans:
        key = CONCEPT_MARK + span.label
        concepts[key] = (*concepts.get(key, ()), *range(span.start, span.end))
    keys = tuple(map(exact.__getitem__, text.keys))
    weighed = tuple(map(weights.__getitem__, text.words))
    return Entry(
        owner,
        phrase.kind,
        phrase.written,
        text.words,
        keys,
        weighed,
        frozenset((*phrase.terms, *keys)),
        concepts,
        sum(weighed),
    )


def _known(entries: Sequence[Entry]) -> frozenset[str]:
    if len(entries) == 1:
        return entries[0].known
    return frozenset().union(*(entry.known for entry in entries))


def _postings(phrases: Iterable[_Phrase]) -> dict[str, list[int]]:
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for term in phrase.terms:
            postings[term].append(number)
    return dict(postings)


def _weak_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))
