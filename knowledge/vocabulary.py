"""The words our phrases hold: how often each occurs, and beside which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Self

from knowledge.entries import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Counts of words and of neighbours, each folded and ``exact``, with their marks.

    ``folded`` gives the word of each exact term.
    """

    words: Mapping[str, int]
    exact: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    exact_pairs: Mapping[tuple[str, str], int]
    folded: Mapping[str, str]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Self:
        """Count the words of ``entries``."""
        words = [entry.words for entry in entries]
        exact = [entry.exact for entry in entries]
        folded = dict(zip(chain.from_iterable(exact), chain.from_iterable(words), strict=True))
        # Counting neighbours takes long: the folded ones are summed from those with marks.
        exact_pairs = Counter(chain.from_iterable(map(pairwise, exact)))
        pairs: Counter[tuple[str, str]] = Counter()
        for (left, right), times in exact_pairs.items():
            pairs[folded[left], folded[right]] += times
        return cls(
            words=Counter(chain.from_iterable(words)),
            exact=Counter(chain.from_iterable(exact)),
            pairs=pairs,
            exact_pairs=exact_pairs,
            folded=folded,
        )
