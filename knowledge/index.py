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
from knowledge.scaffolding import Scaffolding
from knowledge.spelling import Speller
from knowledge.text import Tokens, tokens, words
from knowledge.topics import Topic

CONCEPT_MARK: Final = "@"
EXACT_MARK: Final = "#"
LENGTH_PRIOR: Final = 8
WEAK: Final = 0.2


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
    concepts: Mapping[str, tuple[int, ...]]
    total: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Everything search needs, built once from the topics and never changed.

    ``damping`` keeps long phrases from winning by their length. ``firmness`` says by topic how
    surely (0–1) a term belongs to it: a term all its phrases have to 1, one of a
    single phrase among many less, one only its papers or steps name ``WEAK``.
    """

    topics: tuple[Topic, ...]
    entries: tuple[Entry, ...]
    firmness: tuple[Mapping[str, float], ...]
    damping: tuple[float, ...]
    postings: Mapping[str, Sequence[int]]
    idf: Mapping[str, float]
    lexicon: Lexicon
    speller: Speller
    scaffolding: Scaffolding

    @classmethod
    def build(cls, topics: Iterable[Topic], lexicon: Lexicon) -> Self:
        """Index ``topics`` in their order."""
        kept = tuple(topics)
        pairs: Once[tuple[str, str], str] = Once(" ".join)
        exact: Once[str, str] = Once(EXACT_MARK.__add__)
        cut = [list(_phrases(topic, lexicon, pairs, exact)) for topic in kept]
        phrases = [phrase.text for phrase in chain.from_iterable(cut)]
        scaffolding = Scaffolding(lexicon.filler_words, phrases)
        idf = _rarity(cut)
        weak: Once[tuple[str, ...], frozenset[str]] = Once(_weak_words)
        told = (topic.weak_text for topic in kept)
        entries = tuple(_entries(cut, scaffolding, idf))
        return cls(
            topics=kept,
            entries=entries,
            firmness=tuple(map(_firmness, cut, map(weak.__getitem__, told))),
            damping=tuple(1 / sqrt(entry.total + LENGTH_PRIOR) for entry in entries),
            postings=_postings(chain.from_iterable(cut)),
            idf=idf,
            lexicon=lexicon,
            speller=_speller(entries),
            scaffolding=scaffolding,
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
    keys: tuple[str, ...]


def _phrases(
    topic: Topic,
    lexicon: Lexicon,
    pairs: Mapping[tuple[str, str], str],
    exact: Mapping[str, str],
) -> Iterator[_Phrase]:
    seen = set()
    named = [(Kind.OFFICIAL, topic.official_name), (Kind.EVERYDAY, topic.name)]
    for kind, phrase in (*named, *((Kind.ALIAS, alias) for alias in topic.aliases)):
        text = lexicon.written_out(tokens(phrase))
        if text.words and text.keys not in seen:
            seen.add(text.keys)
            spans = tuple(lexicon.concepts.spans(text))
            keys = tuple(map(exact.__getitem__, text.keys))
            yield _Phrase(kind, phrase, text, spans, _terms(text, spans, pairs), keys)


def _terms(
    text: Tokens, spans: Iterable[Span], pairs: Mapping[tuple[str, str], str]
) -> tuple[str, ...]:
    paired = map(pairs.__getitem__, pairwise(text.words))
    concepts = (CONCEPT_MARK + span.label for span in spans)
    return tuple(dict.fromkeys((*text.words, *paired, *concepts)))


def _rarity(cut: Sequence[Sequence[_Phrase]]) -> dict[str, float]:
    told = (
        set(chain.from_iterable((*phrase.terms, *phrase.keys) for phrase in phrases))
        for phrases in cut
    )
    carriers = Counter(chain.from_iterable(told))
    count = len(cut)
    return {term: log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in carriers.items()}


def _entries(
    cut: Sequence[Sequence[_Phrase]], scaffolding: Scaffolding, idf: Mapping[str, float]
) -> Iterator[Entry]:
    weights: Once[str, float] = Once(
        lambda key: idf[key] * (0.2 if key.removeprefix(EXACT_MARK) in scaffolding else 1.0)
    )
    for owner, phrases in enumerate(cut):
        yield from (_entry(owner, phrase, weights) for phrase in phrases)


def _entry(owner: int, phrase: _Phrase, weights: Mapping[str, float]) -> Entry:
    text = phrase.text
    concepts: dict[str, tuple[int, ...]] = {}
    for span in phrase.spans:
        key = CONCEPT_MARK + span.label
        concepts[key] = (*concepts.get(key, ()), *range(span.start, span.end))
    weighed = tuple(map(weights.__getitem__, phrase.keys))
    return Entry(
        owner,
        phrase.kind,
        phrase.written,
        text.words,
        phrase.keys,
        weighed,
        concepts,
        sum(weighed),
    )


def _firmness(phrases: Sequence[_Phrase], weak: Iterable[str]) -> dict[str, float]:
    told = ({*phrase.terms, *phrase.keys} for phrase in phrases)
    # Few numbers serve all terms: a float for each would take megabytes.
    shares: Once[int, float] = Once(lambda n: log(1 + n) / log(1 + len(phrases)))
    firmness = dict.fromkeys(weak, WEAK)
    for term, n in Counter(chain.from_iterable(told)).items():
        firmness[term] = shares[n]
    return firmness


def _postings(phrases: Iterable[_Phrase]) -> dict[str, list[int]]:
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, phrase in enumerate(phrases):
        for term in phrase.terms:
            postings[term].append(number)
    return dict(postings)


def _weak_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))


def _speller(entries: Iterable[Entry]) -> Speller:
    texts = [entry.words for entry in entries]
    neighbours = Counter(chain.from_iterable(map(pairwise, texts)))
    return Speller(Counter(chain.from_iterable(texts)), neighbours)
