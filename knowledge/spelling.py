"""Words the index does not know → the known words that were likely meant."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import lru_cache, partial
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

Meant = tuple[tuple[str, float], ...]


class Speller:
    """Knows the words and word pairs of the index, with how often each occurs."""

    def __init__(
        self, counts: Mapping[str, int], pairs: Container[str], clips: Mapping[str, str]
    ) -> None:
        """Take how often words occur, pairs of neighbours, and what clipped ones stand for."""
        self.counts = counts
        self._pairs = pairs
        self._total = sum(counts.values()) or 1
        self.clips = clips
        words = [word for word in counts if len(word) >= _SHORTEST_FIXED - 1]
        # It knows nothing of the speller: what refers to itself is not let go with its last user.
        self.neighbours = lru_cache(maxsize=8192)(partial(_neighbours, counts, words))

    def __contains__(self, word: str) -> bool:
        """Tell whether ``word`` occurs in the index."""
        return word in self.counts

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
        meant = self.clips.get(f"{found['first']} {found['whole']}")
        return tuple(meant.split()) if meant else (word,)

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
            count = self.counts.get(piece)
            if count and is_syllable(piece):
                cost, parts = best[start]
                joined = 0.0 if not parts or f"{parts[-1]} {piece}" in self._pairs else 3.0
                cuts.append((cost + joined + log(self._total / count) / 3, (*parts, piece)))
        return cuts

    def alternatives(self, text: Sequence[str]) -> dict[int, Meant]:
        """Give, by position, known words one slip away that fit.

        Asked for unknown words, and for known ones that make no known pair with a neighbour.
        """
        found = {}
        for position, word in enumerate(text):
            meant = self._meant(text, position, word)
            if meant:
                found[position] = meant
        return found

    def _meant(self, text: Sequence[str], position: int, word: str) -> Meant:
        if len(word) < _SHORTEST_FIXED - 1 or word.isdigit():
            return ()
        before = text[position - 1] if position else ""
        after = text[position + 1] if position + 1 < len(text) else ""
        if word not in self:
            near = self.neighbours(word)
            fitting = tuple(pair for pair in near if self._fits(before, pair[0], after))
            return fitting or near
        if self._fits(before, word, after):
            return ()
        return tuple(
            (near, likeness * 0.8)
            for near, likeness in self.neighbours(word)
            if self._fits(before, near, after)
        )

    def _fits(self, before: str, word: str, after: str) -> bool:
        return f"{before} {word}" in self._pairs or f"{word} {after}" in self._pairs


def _neighbours(counts: Mapping[str, int], words: Sequence[str], word: str) -> Meant:
    if len(word) > _LONGEST_MISSPELT:
        return ()
    slips = 1 if len(word) < LONG_WORD else 2
    close = process.extract(
        word, words, scorer=OSA.distance, score_cutoff=slips, limit=4 * _NEIGHBOURS
    )
    ranked = sorted(
        (
            (near, 1 - distance * 0.9 / (len(word) + 1))
            for near, distance, _ in close
            if near != word and _same_number(near, word)
        ),
        key=lambda pair: (-pair[1], -counts[pair[0]]),
    )
    return tuple(ranked[:_NEIGHBOURS])


def _same_number(near: str, word: str) -> bool:
    """Tell whether ``near`` has no digits or those of ``word``: CT01 is no slip for CT07."""
    number = "".join(filter(str.isdigit, near))
    return not number or number == "".join(filter(str.isdigit, word))


def clips_of(pairs: Mapping[tuple[str, str], int]) -> dict[str, str]:
    """Give, by first letters and second word, the commonest pair they shorten."""
    best: dict[str, tuple[int, str]] = {}
    for (left, right), count in pairs.items():
        beginning = _BEGINNING.match(left)
        if beginning and len(right) > 1:
            for first in {beginning.group(), left[0]}:
                short = f"{first} {right}"
                if short not in best or best[short][0] < count:
                    best[short] = (count, f"{left} {right}")
    return {short: pair for short, (_, pair) in best.items()}
