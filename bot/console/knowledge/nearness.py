"""How near what a card is called comes to what an officer typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import Final, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.models import Procedure
from knowledge.text import fold, untyped

# Letters of a word one of which may be wrong, and two.
ONE_SLIP: Final = 3
TWO_SLIPS: Final = 7
_WORD: Final = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


class Near(IntEnum):
    """What of a card was typed, the nearest first."""

    WHOLE_NAME = 0
    EDGE = 1
    ALIAS = 2
    IN_NAME = 3
    ANYWHERE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A card with all it is called, folded and cut into words with a blank before and behind each.

    ``text`` is all of it with its codes.
    """

    card: Procedure
    names: tuple[str, ...]
    aliases: frozenset[str]
    text: str

    @classmethod
    def of(cls, card: Procedure) -> Self:
        """Fold what ``card`` is called."""
        names = (padded(card.everyday_name), padded(card.official_name))
        aliases = tuple(map(padded, card.aliases))
        codes = (card.code, *card.former_codes, card.renumbered_to)
        return cls(
            card=card,
            names=names,
            aliases=frozenset(aliases),
            text="".join((*names, *map(padded, codes), *aliases)),
        )

    def near(self, typed: str, words: Sequence[str]) -> Near:
        """Tell what of the card ``typed`` is, with blanks as the names have, and its ``words``."""
        if typed in self.names or typed.strip() == self.card.code:
            return Near.WHOLE_NAME
        # Names mostly begin with what is done and end with what it is done to.
        if any(name.startswith(typed.rstrip()) or name.endswith(typed) for name in self.names):
            return Near.EDGE
        if typed in self.aliases:
            return Near.ALIAS
        in_name = any(all(word in name for word in words) for name in self.names)
        return Near.IN_NAME if in_name else Near.ANYWHERE


def nearest(called: Iterable[Called], words: Sequence[str]) -> list[Called]:
    """Give those called by words that begin with all of ``words``, the nearest first.

    Of those equally near the one asked most often comes first.
    """
    typed = f" {' '.join(words)} "
    whole, begun = [f" {word} " for word in words], [f" {word}" for word in words]
    found = [one for one in called if all(word in one.text for word in begun)]

    def order(one: Called) -> tuple[int, bool, int, int]:
        near = one.near(typed, whole)
        apart = not any(typed in name for name in one.names)
        return near, apart, -one.card.popularity, len(one.names[0])

    return sorted(found, key=order)


def meant(text: str, known: Mapping[str, int]) -> tuple[str, ...]:
    """Cut ``text`` into words as cards write them: one none of them has becomes the nearest.

    ``known`` tells how often each word stands in them.
    """
    return tuple(_meant(word, known) for word in _WORD.findall(fold(text)))


def _meant(word: str, known: Mapping[str, int]) -> str:
    if word in known or not word.isalpha():
        return word
    plain = untyped(word)
    slips = (len(word) >= ONE_SLIP) + (len(word) >= TWO_SLIPS)
    if plain in known or not slips or any(one.startswith(word) for one in known):
        return plain if plain in known else word
    near = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=slips, limit=50)
    return min(near, key=lambda one: (one[1], -known[one[0]]))[0] if near else word


@lru_cache(maxsize=60_000)
def padded(text: str) -> str:
    """Give the words of ``text``, folded; names hardly change, so each is folded once."""
    return f" {' '.join(_WORD.findall(fold(text)))} "
