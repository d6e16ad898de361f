"""Whether somebody is in danger now: what the words speak for, heard a breath of speech at a time.

Each word and each pair of neighbours carries a weight of evidence (I. J. Good, 1950): how much
oftener it stands in cries for help than in what people ask in peace. A long story may tell of the
danger in its middle, so the worst stretch of it counts, not the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, pairwise
from math import log, sqrt
from operator import itemgetter, ne
from typing import Final, Self

from knowledge.entries import EXACT_MARK
from knowledge.once import Once
from knowledge.text import MARKED_SHARE, Tokens
from knowledge.vocabulary import Vocabulary

# Kinds named so are spoken in peace, however they sound, and each counts as several.
CALM: Final = "calm"
CALM_COUNTS: Final = 8
# In how many cries a term is believed to stand before any was heard.
PRIOR: Final = 0.2
MOST: Final = 3.0
# What is met less often in peace tells nothing of it.
SELDOM: Final = 20
OF_A_WORD: Final = 0.5
OF_A_PAIR: Final = 1.0
BREATH: Final = 16
STEP: Final = 2
# How many cries of other kinds a kind borrows its likelihoods from.
OF_ALL: Final = 20.0
# How much likelier, as a logarithm, a kind must be than any other to be told.
AHEAD: Final = 1.0
NO_KIND: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class Danger:
    """The kind of danger, empty when it might be another, and how loudly a text speaks of any."""

    kind: str
    loudness: float


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Terms in the order they were said, and what each weighs."""

    terms: Sequence[str]
    weights: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Spoken:
    words: _Weighed
    pairs: _Weighed


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """What terms speak for: ``weights`` for danger at all, ``kinds`` in how many cries of each.

    A term is a word or two neighbours, as bare words, and again with their marks.

    ``cries`` are how many of each kind were learnt from.
    """

    weights: Mapping[str, float]
    kinds: Mapping[str, Mapping[str, int]]
    cries: Mapping[str, int]

    @classmethod
    def learnt(
        cls, told: Mapping[str, Sequence[Tokens]], known: Vocabulary, *, phrases: int
    ) -> Self:
        """Learn from what is ``told``, by kind, beside ``known`` words of so many ``phrases``."""
        peace = Counter(dict(_of_peace(known)))
        kinds: defaultdict[str, dict[str, int]] = defaultdict(dict)
        cries: dict[str, int] = {}
        for kind, texts in told.items():
            heard = Counter(term for text in texts for term in _all_terms(text))
            if kind.startswith(CALM):
                phrases += CALM_COUNTS * len(texts)
                peace.update({term: CALM_COUNTS * times for term, times in heard.items()})
                continue
            cries[kind] = len(texts)
            for term, times in heard.items():
                kinds[term][kind] = times
        # Most terms stand in one cry alone: of these only the words are worth their room.
        often = {term: told for term, told in kinds.items() if sum(told.values()) > 1}
        once = {term: told for term, told in kinds.items() if " " not in term or term in peace}
        weights = _weights({**once, **often}, peace, phrases / max(sum(cries.values()), 1))
        return cls(weights=weights, kinds=often, cries=cries)

    def heard(self, text: Tokens) -> Danger:
        """Give what the most alarming stretch of ``text`` speaks of; in peace there is no kind."""
        rows: Once[bool, _Spoken] = Once(partial(self._spoken, text))
        stretches = [_stretch(text, rows, start) for start in _starts(len(text.words))]
        loudness, terms = max(stretches, key=itemgetter(0), default=(0.0, ()))
        return Danger(self._kind(terms) if loudness > 0 else "", loudness)

    def _spoken(self, text: Tokens, marked: bool) -> _Spoken:
        words = _with_marks(text.keys) if marked else text.words
        return _Spoken(self._weighed(words), self._weighed(list(map(" ".join, pairwise(words)))))

    def _weighed(self, terms: Sequence[str]) -> _Weighed:
        return _Weighed(terms, [self.weights.get(term, 0.0) for term in terms])

    def _kind(self, terms: Iterable[str]) -> str:
        told = [found for term in terms if (found := self.kinds.get(term))]
        ranked = sorted(
            ((self._likelihood(kind, told), kind) for kind in self.cries), reverse=True
        )
        alone = ranked and all(ranked[0][0] - other > AHEAD for other, _ in ranked[1:])
        return ranked[0][1] if alone else ""

    def _likelihood(self, kind: str, told: Iterable[Mapping[str, int]]) -> float:
        size, every = self.cries[kind], sum(self.cries.values())
        return sum(
            log((one.get(kind, 0) + OF_ALL * sum(one.values()) / every) / (size + OF_ALL))
            for one in told
        )


def _stretch(
    text: Tokens, rows: Mapping[bool, _Spoken], start: int
) -> tuple[float, Sequence[str]]:
    """Give the loudness and the terms of one breath, read with marks if it has some."""
    end = min(start + BREATH, len(text.words))
    marks = sum(map(ne, text.words[start:end], text.keys[start:end]))
    spoken = rows[marks >= MARKED_SHARE * (end - start)]
    words, pairs = spoken.words, spoken.pairs
    loudness = OF_A_WORD * sum(words.weights[start:end])
    loudness += OF_A_PAIR * sum(pairs.weights[start : end - 1])
    return loudness / sqrt(end - start), (*words.terms[start:end], *pairs.terms[start : end - 1])


def _starts(length: int) -> Iterable[int]:
    """Give where breaths begin, each a few words after the one before."""
    last = max(length - BREATH, 0)
    return sorted({*range(0, last, STEP), last}) if length else ()


def _weights(
    kinds: Mapping[str, Mapping[str, int]], peace: Mapping[str, int], ratio: float
) -> Mapping[str, float]:
    """Weigh every term; ``ratio`` is how many phrases of peace there are for each cry."""
    believed = PRIOR * ratio
    shared: Once[float, float] = Once(float)
    weights = {}
    for term in {*kinds, *peace}:
        cried = sum(kinds.get(term, NO_KIND).values()) + PRIOR
        weight = log(cried * ratio / (peace.get(term, 0) + believed))
        # Rounded, few numbers serve all terms.
        weights[term] = shared[round(max(-MOST, min(MOST, weight)), 1)]
    return weights


def _of_peace(known: Vocabulary) -> Iterator[tuple[str, int]]:
    for term, times in chain(known.words.items(), known.exact.items()):
        if times >= SELDOM:
            yield term, times
    for pair, times in chain(known.pairs.items(), known.exact_pairs.items()):
        if times >= SELDOM:
            yield " ".join(pair), times


def _with_marks(keys: Sequence[str]) -> Sequence[str]:
    return list(map(EXACT_MARK.__add__, keys))


def _all_terms(text: Tokens) -> Iterable[str]:
    """Give the terms of ``text`` once each, as typed and as one who leaves the marks out types."""
    rows = [text.words, _with_marks(text.keys)] if text.marked else [text.words]
    return {term for row in rows for term in (*row, *map(" ".join, pairwise(row)))}
