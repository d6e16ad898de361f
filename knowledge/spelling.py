"""Words the index does not know → the known words that were likely meant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.text import fold, is_syllable

_LONGEST_SYLLABLE: Final = 7
_SHORTEST_FIXED: Final = 3
_NEIGHBOURS: Final = 6
_LONGEST_MISSPELT: Final = 16
SHORTEST_JOINED: Final = 5
LONGEST_JOINED: Final = 60
LONG_WORD: Final = 6
_UNSEEN: Final = 30.0
_ONSET: Final = "ngh|ch|gh|kh|ng|nh|ph|qu|th|tr|[bcdghklmnpqrstvx]"
_CLIPPED: Final = re.compile(rf"(?P<first>{_ONSET})(?P<whole>[a-z]{{2,6}})")
_BEGINNING: Final = re.compile(_ONSET)


class Speller:
    """Knows the words and word pairs of the index, with how often each occurs."""

    def __init__(self, counts: Mapping[str, int], pairs: Mapping[tuple[str, str], int]) -> None:
        """Take how often words occur, and pairs of neighbouring words."""
        self._counts = counts
        self._pairs = pairs
        self._words = [word for word in counts if len(word) >= _SHORTEST_FIXED - 1]
        self._total = sum(counts.values()) or 1
        self._clips = _clips(pairs)
        self.neighbours = lru_cache(maxsize=8192)(self._neighbours)

    def __contains__(self, word: str) -> bool:
        """Tell whether ``word`` occurs in the index."""
        return word in self._counts

    def split(self, word: str) -> tuple[str, ...]:
        """Cut ``dangkykhaisinh`` into known syllables; else give the word whole."""
        if not SHORTEST_JOINED <= len(word) <= LONGEST_JOINED or word.isdigit():
            return (word,)
        best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for end in range(1, len(word) + 1):
            best.append(min(self._cuts(word, end, best), default=(_UNSEEN * end, (word[:end],))))
        cost, parts = best[-1]
        return parts if cost < _UNSEEN and len(parts) > 1 and self._plausible(parts) else (word,)

    def unclipped(self, word: str) -> tuple[str, ...]:
        """Write out ``ksinh``: the first letters of a word, then the next one whole."""
        found = _CLIPPED.fullmatch(word)
        if not found or is_syllable(word) or found["whole"].startswith(found["first"]):
            return (word,)
        pairs = self._clips.get((found["first"], found["whole"]))
        return pairs or (word,)

    def _plausible(self, parts: Sequence[str]) -> bool:
        """Tell whether a cut is no heap of letters: a lone one must go with a neighbour."""
        return all(
            len(piece) > 1 or self._fits(before, piece, after)
            for before, piece, after in zip(("", *parts), parts, (*parts[1:], ""), strict=False)
        )

    def _cuts(
        self, word: str, end: int, best: Sequence[tuple[float, tuple[str, ...]]]
    ) -> list[tuple[float, tuple[str, ...]]]:
        cuts = []
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            # Only at its end a syllable's y is an i.
            piece = fold(word[start:end])
            count = self._counts.get(piece)
            if count and is_syllable(piece):
                cost, parts = best[start]
                joined = 0.0 if not parts or (parts[-1], piece) in self._pairs else 3.0
                cuts.append((cost + joined + log(self._total / count) / 3, (*parts, piece)))
        return cuts

    def alternatives(self, text: Sequence[str]) -> dict[int, tuple[tuple[str, float], ...]]:
        """Give, by position, known words one slip away that fit.

        Asked for unknown words, and for known ones that make no known pair with a neighbour.
        """
        found = {}
        for position, word in enumerate(text):
            meant = self._meant(text, position, word)
            if meant:
                found[position] = meant
        return found

    def _meant(
        self, text: Sequence[str], position: int, word: str
    ) -> tuple[tuple[str, float], ...]:
        if len(word) < _SHORTEST_FIXED - 1 or word.isdigit():
            return ()
        before = text[position - 1] if position else ""
        after = text[position + 1] if position + 1 < len(text) else ""
        if word not in self:
            near = self.neighbours(word)
            fitting = tuple(pair for pair in near if self._fits(before, pair[0], after))
            return fitting or near
        if (before, word) in self._pairs or (word, after) in self._pairs:
            return ()
        return tuple(
            (near, likeness * 0.8)
            for near, likeness in self.neighbours(word)
            if self._fits(before, near, after)
        )

    def _fits(self, before: str, word: str, after: str) -> bool:
        return (before, word) in self._pairs or (word, after) in self._pairs

    def _neighbours(self, word: str) -> tuple[tuple[str, float], ...]:
        if len(word) > _LONGEST_MISSPELT:
            return ()
        slips = 1 if len(word) < LONG_WORD else 2
        close = process.extract(
            word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=4 * _NEIGHBOURS
        )
        ranked = sorted(
            (
                (near, 1 - distance * 0.9 / (len(word) + 1))
                for near, distance, _ in close
                if near != word and _same_number(near, word)
            ),
            key=lambda pair: (-pair[1], -self._counts[pair[0]]),
        )
        return tuple(ranked[:_NEIGHBOURS])


def _same_number(near: str, word: str) -> bool:
    """Tell whether ``near`` has no digits or those of ``word``: CT01 is no slip for CT07."""
    number = "".join(filter(str.isdigit, near))
    return not number or number == "".join(filter(str.isdigit, word))


def _clips(pairs: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], tuple[str, str]]:
    """Give, by first letters and second word, the commonest pair they shorten."""
    best: dict[tuple[str, str], tuple[str, str]] = {}
    for pair, count in pairs.items():
        beginning = _BEGINNING.match(pair[0])
        if beginning and len(pair[1]) > 1:
            for first in {beginning.group(), pair[0][0]}:
                known = best.get((first, pair[1]))
                if known is None or pairs[known] < count:
                    best[first, pair[1]] = pair
    return best
