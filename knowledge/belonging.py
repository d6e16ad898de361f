"""Whether a question is one for an office: what its words speak for, and what was found.

Each word and each pair of neighbours carries a weight of evidence (I. J. Good, 1950): how much
oftener it stands in what people ask that no office answers than in what they ask offices. The
way a thing is asked tells as much as its subject, so words that only hold a sentence up count too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Final

from knowledge.reading import Reading

# How many phrases of either kind a term is believed to stand in before any was seen.
PRIOR: Final = 100.0
MOST: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """The logistic regression over the golden questions; see benchmarks/."""

    base: float = 9.4
    score: float = -6.6
    said: float = -4.4
    words: float = 0.23
    pairs: float = 0.77


FITTED: Final = Odds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What terms speak for.

    ``ours`` gives, by term, the phrases of our topics it stands in, ``elsewhere`` in how many of
    those no office answers; ``phrases`` and ``others`` are how many there are of either.
    """

    ours: Mapping[str, Sequence[int]]
    phrases: int
    elsewhere: Mapping[str, int]
    others: int

    def foreignness(self, reading: Reading, score: float, said: float) -> float:
        """Give the odds, as a logarithm, that ``reading`` is about nothing an office answers.

        ``score`` is that of the best topic, ``said`` the share of the question it knows.
        """
        size = sqrt(max(len(reading.words), 1))
        spoken = self._sum(set(reading.words)) / size
        beside = self._sum({f"{left} {right}" for left, right in pairwise(reading.words)}) / size
        return (
            FITTED.base
            + FITTED.score * score
            + FITTED.said * said
            + FITTED.words * spoken
            + FITTED.pairs * beside
        )

    def _sum(self, terms: Iterable[str]) -> float:
        # Sorted, since sums of floats depend on their order and sets have none.
        return sum(map(self.weight, sorted(terms)))

    def weight(self, term: str) -> float:
        """Give the weight of ``term``: above 0 it speaks for what no office answers."""
        ours, others = len(self.ours.get(term, ())), self.elsewhere.get(term, 0)
        if not ours and not others:
            return 0.0
        believed = PRIOR * (ours + others) / (self.phrases + self.others)
        here = (ours + believed) / (self.phrases + PRIOR)
        there = (others + believed) / (self.others + PRIOR)
        return max(-MOST, min(MOST, log(there / here)))
