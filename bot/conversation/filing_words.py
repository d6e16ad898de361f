"""The words by which one files, looks up and ends feedback; whole messages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Self

from bot.conversation.wording import DATA
from knowledge.text import words

Phrases = frozenset[tuple[str, ...]]
_FILE: Final = "filing.vi.toml"


@dataclass(frozen=True, slots=True)
class FilingWords:
    """Phrases of ``filing.vi.toml`` by what they ask for; ``polite`` words may stand around."""

    known: Mapping[str, Phrases]
    polite: frozenset[str]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the words."""
        told = tomllib.loads((DATA / _FILE).read_text(encoding="utf-8"))
        polite = frozenset(words(" ".join(told.pop("polite")["words"])))
        return cls({name: _phrases(one["words"], polite) for name, one in told.items()}, polite)

    def says(self, name: str, said: tuple[str, ...]) -> bool:
        """Tell whether the folded words of a whole message are of the kind ``name``."""
        return self.bare(said) in self.known[name] or said in self.known[name]

    def first(self, said: tuple[str, ...]) -> str:
        """Give what a whole message asks for; nothing for any other."""
        return next((name for name in self.known if self.says(name, said)), "")

    def verb(self, said: tuple[str, ...]) -> str:
        """Give what the words beside a reference ask for: what they begin with."""
        bare = self.bare(said)
        begun = (bare[:size] for size in range(len(bare), 0, -1))
        found = (self.first(part) for part in begun)
        return next(filter(None, found), "")

    def bare(self, said: tuple[str, ...]) -> tuple[str, ...]:
        """Give folded words without courtesies."""
        return tuple(word for word in said if word not in self.polite)


def _phrases(told: list[str], polite: frozenset[str]) -> Phrases:
    cut = [tuple(words(text)) for text in told]
    bare = [tuple(word for word in one if word not in polite) for one in cut]
    return frozenset(one for one in (*cut, *bare) if one)
