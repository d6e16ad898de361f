"""Marks put back where the writer left them out, told by the words beside.

Who types "can cuoc" means "căn cước": of all ways our phrases write these words the likeliest row
is taken (diacritic restoration by a bigram model, A. Viterbi, 1967).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from math import log
from typing import Final, Self

from knowledge.entries import EXACT_MARK, Entry
from knowledge.text import Tokens
from knowledge.vocabulary import Vocabulary

# How a word is written in less than this share of all cases is not thought of.
RARE: Final = 0.01
# What neighbours seen once count for, and what a word alone counts for beside them.
SEEN: Final = 4.0
ALONE: Final = 0.5
NOTHING: Final[Mapping[str, int]] = {}


@dataclass(frozen=True, slots=True)
class _Last:
    """Ways to read the last word: the likeliest, and those words are known to stand behind.

    Each with its row's likelihood, as a logarithm.
    """

    likeliest: tuple[float, str]
    known: Sequence[tuple[float, str, Mapping[str, int]]]

    def before(self, way: str, alone: float) -> tuple[float, str]:
        """Give the likeliest row of words that ends in ``way``, and the word right before it."""
        row, word = self.likeliest
        seen = [(row + log(alone), word)]
        for one, before, behind in self.known:
            if way in behind:
                seen.append((one + log(SEEN * behind[way] + alone), before))
        return max(seen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorer:
    """Knows how bare words are written with marks.

    ``written`` gives, by bare word, each way of writing it with its share (0–1); ``beside`` how
    often a way stands right before another, when one of the two could be read otherwise.
    """

    written: Mapping[str, Mapping[str, float]]
    beside: Mapping[str, Mapping[str, int]]

    @classmethod
    def learnt(cls, known: Vocabulary) -> Self:
        """Learn from the words of our phrases."""
        written = _written(known)
        beside: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for (left, right), times in known.exact_pairs.items():
            if len(written[known.folded[left]]) > 1 or len(written[known.folded[right]]) > 1:
                beside[left.removeprefix(EXACT_MARK)][right.removeprefix(EXACT_MARK)] = times
        return cls(written=written, beside=dict(beside))

    def amended(
        self, added: Sequence[Entry], removed: Sequence[Entry], counts: Mapping[str, int]
    ) -> Self:
        """Learn phrases besides and forget others; ``counts`` tells how often bare words occur.

        How often a word known already is written in one way or the other stays as it was.
        """
        written = dict(self.written)
        for entry in added:
            for word, term in zip(entry.words, entry.exact, strict=True):
                way = term.removeprefix(EXACT_MARK)
                written[word] = _with_way(written.get(word, {}), way, 1 / (counts[word] + 1))
        beside = dict(self.beside)
        for step, entries in ((1, added), (-1, removed)):
            for (left, right), (one, other) in chain.from_iterable(map(_neighbours, entries)):
                if len(written.get(left, ())) > 1 or len(written.get(right, ())) > 1:
                    known = beside.get(one, NOTHING)
                    beside[one] = {**known, other: max(known.get(other, 0) + step, 0)}
        return replace(self, written=written, beside=beside)

    def restored(self, text: Tokens) -> tuple[str, ...]:
        """Give the keys of ``text`` with the marks its writer left out; those there are stay."""
        likely: Mapping[str, float] = {"": 0.0}
        before: list[Mapping[str, str]] = []
        for word, key in zip(text.words, text.keys, strict=True):
            ways = self._ways(word, key, marked=text.marked)
            last = self._last(likely)
            rows = {way: last.before(way, ALONE * share) for way, share in ways.items()}
            likely = {way: row for way, (row, _) in rows.items()}
            before.append({way: left for way, (_, left) in rows.items()})
        return _traced(max(likely, key=likely.__getitem__), before)

    def _last(self, likely: Mapping[str, float]) -> _Last:
        rows = ((row, word) for word, row in likely.items())
        known = ((word, self.beside[word]) for word in likely if word in self.beside)
        return _Last(max(rows), [(likely[word], word, beside) for word, beside in known])

    def _ways(self, word: str, key: str, *, marked: bool) -> Mapping[str, float]:
        known = self.written.get(word)
        if known is None or key != word or (marked and key in known):
            return {key: 1.0}
        return known


def _neighbours(entry: Entry) -> Iterable[tuple[tuple[str, str], tuple[str, str]]]:
    """Give each pair of neighbours as bare words, and as they are written."""
    ways = (term.removeprefix(EXACT_MARK) for term in entry.exact)
    return zip(pairwise(entry.words), pairwise(ways), strict=True)


def _with_way(ways: Mapping[str, float], way: str, share: float) -> Mapping[str, float]:
    if not ways:
        return {way: 1.0}
    if way in ways or share < RARE:
        return ways
    return {**{one: known * (1 - share) for one, known in ways.items()}, way: share}


def _traced(last: str, before: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    row = []
    for known in reversed(before):
        row.append(last)
        last = known[last]
    return tuple(reversed(row))


def _written(known: Vocabulary) -> Mapping[str, Mapping[str, float]]:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for term, times in known.exact.items():
        counts[known.folded[term]][term.removeprefix(EXACT_MARK)] += times
    return {word: _shares(ways) for word, ways in counts.items()}


def _shares(ways: Counter[str]) -> Mapping[str, float]:
    total = ways.total()
    return {way: times / total for way, times in ways.items() if times >= RARE * total}
