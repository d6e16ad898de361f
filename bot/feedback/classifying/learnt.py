"""Both that was learnt from sentences, weighed and counted, as one opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from bot.feedback.classifying import counted, weights
from bot.feedback.classifying.terms import Terms

# What each counts for: about as much as the other, and together such that a probability of
# nine in ten is right nine times in ten (measured on hands left out).
OF_WEIGHTS: Final = 0.8
OF_COUNTED: Final = 2.4


@dataclass(frozen=True, slots=True)
class Learnt:
    """Weights of a regression, and counts."""

    weights: weights.Weights
    counted: counted.Counted

    def scores(self, terms: Terms) -> Sequence[float]:
        """Give how loudly ``terms`` speak for each kind: logarithms of odds."""
        both = zip(self.weights.scores(terms), self.counted.scores(terms.said), strict=True)
        return [OF_WEIGHTS * weighed + OF_COUNTED * seldom for weighed, seldom in both]


@cache
def shipped() -> Learnt:
    """Give what the files hold, read once."""
    return Learnt(weights.shipped(), counted.shipped())
