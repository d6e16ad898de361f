"""Immutable look-up over every way a topic is called: names, aliases, and weak extra text."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count, pairwise
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
_NOTHING: Final[Mapping[str, tuple[int, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of one topic, cut up for comparison.

    ``keys`` keeps the marks of ``words``; ``weights`` holds the telling power of each word;
    ``concepts`` the positions each concept covers; ``total`` the sum of the weights.
    """

    owner: int
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
    damping: Sequence[float]
    postings: Mapping[str, Sequence[int]]
    idf: Mapping[str, float]
    lexicon: Lexicon
    speller: Speller
    scaffolding: Scaffolding

    @classmethod
    def build(cls, topics: Iterable[Topic], lexicon: Lexicon) -> Self:
        """Index ``topics`` in their order."""
        kept = tuple(topics)
        exact: Once[str, str] = Once(EXACT_MARK.__add__)
        cut = [list(_phrases(topic, lexicon, exact)) for topic in kept]
        texts = [phrase.text for phrase in chain.from_iterable(cut)]
        scaffolding = Scaffolding(lexicon.filler_words, texts)
        speller = _speller(texts)
        told = _told(cut, [topic.weak_text for topic in kept])
        entries = tuple(_entries(cut, scaffolding, told.idf))
        return cls(
            topics=kept,
            entries=entries,
            firmness=told.firmness,
            damping=array("d", (1 / sqrt(entry.total + LENGTH_PRIOR) for entry in entries)),
            postings=told.postings,
            idf=told.idf,
            lexicon=lexicon,
            speller=speller,
            scaffolding=scaffolding,
        )

    def rarity(self, term: str) -> float:
        """Tell how much ``term`` narrows the search; unknown words tell little."""
        return self.idf.get(term, 2.0)


@dataclass(frozen=True, slots=True)
class _Phrase:
    written: str
    text: Tokens
    spans: Sequence[Span]
    keys: tuple[str, ...]


def _phrases(topic: Topic, lexicon: Lexicon, exact: Mapping[str, str]) -> Iterator[_Phrase]:
    seen = set()
    for phrase in (topic.official_name, topic.name, *topic.aliases):
        text = lexicon.written_out(tokens(phrase))
        if text.words and text.keys not in seen:
            seen.add(text.keys)
            keys = tuple(map(exact.__getitem__, text.keys))
            yield _Phrase(phrase, text, lexicon.concepts.spans(text), keys)


@dataclass(frozen=True, slots=True)
class _Told:
    postings: Mapping[str, Sequence[int]]
    firmness: tuple[Mapping[str, float], ...]
    idf: Mapping[str, float]


def _told(cut: Sequence[Sequence[_Phrase]], weak_texts: Iterable[tuple[str, ...]]) -> _Told:
    """Learn all about the terms in one pass: kept for every phrase they would fill the memory."""
    pairs: Once[tuple[str, str], str] = Once(" ".join)
    weak: Once[tuple[str, ...], frozenset[str]] = Once(_weak_words)
    postings: defaultdict[str, list[int]] = defaultdict(list)
    carriers: Counter[str] = Counter()
    firmness = []
    numbers = count()
    for phrases, texts in zip(cut, weak_texts, strict=True):
        heard: list[str] = []
        for phrase, number in zip(phrases, numbers, strict=False):
            terms = _terms(phrase, pairs)
            for term in terms:
                postings[term].append(number)
            heard += terms
            heard += set(phrase.keys)
        told = Counter(heard)
        carriers.update(told.keys())
        firmness.append(_firmness(told, len(phrases), weak[texts]))
    # Most terms stand in few phrases, and a list keeps room to grow.
    short = {term: tuple(found) for term, found in postings.items()}
    return _Told(short, tuple(firmness), _rarity(carriers, len(cut)))


def _terms(phrase: _Phrase, pairs: Mapping[tuple[str, str], str]) -> Iterable[str]:
    terms = dict.fromkeys(phrase.text.words)
    terms.update(dict.fromkeys(map(pairs.__getitem__, pairwise(phrase.text.words))))
    for span in phrase.spans:
        terms[CONCEPT_MARK + span.label] = None
    return terms


def _rarity(carriers: Mapping[str, int], count: int) -> dict[str, float]:
    rarity: Once[int, float] = Once(lambda n: log(1 + (count - n + 0.5) / (n + 0.5)))
    return {term: rarity[n] for term, n in carriers.items()}


def _firmness(told: Mapping[str, int], phrases: int, weak: Iterable[str]) -> dict[str, float]:
    # Few numbers serve all terms: a float for each would take megabytes.
    shares: Once[int, float] = Once(lambda n: log(1 + n) / log(1 + phrases))
    firmness = dict.fromkeys(weak, WEAK)
    firmness.update(zip(told, map(shares.__getitem__, told.values()), strict=True))
    return firmness


def _entries(
    cut: Sequence[Sequence[_Phrase]], scaffolding: Scaffolding, idf: Mapping[str, float]
) -> Iterator[Entry]:
    weights: Once[str, float] = Once(
        lambda key: idf[key] * (0.2 if key.removeprefix(EXACT_MARK) in scaffolding else 1.0)
    )
    for owner, phrases in enumerate(cut):
        yield from (_entry(owner, phrase, weights) for phrase in phrases)


def _entry(owner: int, phrase: _Phrase, weights: Mapping[str, float]) -> Entry:
    weighed = tuple(map(weights.__getitem__, phrase.keys))
    return Entry(
        owner,
        phrase.written,
        phrase.text.words,
        phrase.keys,
        weighed,
        _covered(phrase.spans) if phrase.spans else _NOTHING,
        sum(weighed),
    )


def _covered(spans: Iterable[Span]) -> dict[str, tuple[int, ...]]:
    concepts: dict[str, tuple[int, ...]] = {}
    for span in spans:
        key = CONCEPT_MARK + span.label
        concepts[key] = (*concepts.get(key, ()), *range(span.start, span.end))
    return concepts


def _weak_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for text in texts for word in words(text))


def _speller(texts: Iterable[Tokens]) -> Speller:
    spelled = [text.words for text in texts]
    neighbours = Counter(chain.from_iterable(map(pairwise, spelled)))
    return Speller(Counter(chain.from_iterable(spelled)), neighbours)
