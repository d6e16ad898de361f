"""How much each term speaks for each kind, learnt beforehand and kept in a file.

A multinomial logistic regression (D. R. Cox, 1958; J. Engel, 1988): its scores are sums, so what
a verdict rests on can be told. ``python -m benchmarks.feedback_kinds --train`` learns it anew.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt
from typing import Final

from bot.feedback.classifying.reading import DATA
from bot.feedback.classifying.tables import SCALE, Row, read_table
from bot.feedback.classifying.terms import Terms
from bot.feedback.kinds import Kind

WEIGHTS_FILE: Final = DATA / "weights.tsv"
KINDS: Final = tuple(Kind)
# What the heap of words and that of concepts count for, and how few concepts count as alone.
OF_WORDS: Final = 1.6
OF_CONCEPTS: Final = 1.0
FEWEST: Final = 4
BIAS: Final = "#"
OF_BIAS: Final = 0.3

# Terms, and how much each of them counts.
Heap = tuple[Sequence[str], float]


def heaps(terms: Terms, known: Container[str]) -> tuple[Heap, ...]:
    """Give the ``known`` of ``terms``: the more there are in a heap, the less each counts."""
    words = [term for term in terms.words if term in known]
    concepts = [term for term in terms.concepts if term in known]
    return (
        (words, OF_WORDS / sqrt(max(len(words), 1))),
        (concepts, OF_CONCEPTS / sqrt(max(len(concepts), FEWEST))),
        ((BIAS,), OF_BIAS),
    )


@dataclass(frozen=True, slots=True)
class Weights:
    """By term, what it speaks for each of ``KINDS``, in hundredths."""

    rows: Mapping[str, Row]

    def scores(self, terms: Terms) -> Sequence[float]:
        """Give how loudly ``terms`` speak for each of ``KINDS``: logarithms of odds."""
        totals = [0.0] * len(KINDS)
        for heap, part in heaps(terms, self.rows):
            rows = map(self.rows.__getitem__, heap)
            for kind, column in enumerate(zip(*rows, strict=True)):
                totals[kind] += part * sum(column) / SCALE
        return totals


@cache
def shipped() -> Weights:
    """Give the weights of the file, read once."""
    return Weights(read_table(WEIGHTS_FILE))
