"""The words by which one files, looks up and ends feedback; whole messages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Self

from bot.conversation.wording import DATA
from knowledge.text import words

Words = tuple[str, ...]
Phrases = frozenset[Words]
Parts = tuple[Phrases, ...]
_FILE: Final = "filing.vi.toml"


@dataclass(frozen=True, slots=True)
class FilingWords:
    """Phrases of ``filing.vi.toml`` by what they ask for; ``polite`` words may stand around.

    Of some there are ``parts``, too: one phrase of each, one behind the other.
    """

    known: Mapping[str, Phrases]
    parts: Mapping[str, Parts]
    polite: frozenset[str]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the words."""
        told = tomllib.loads((DATA / _FILE).read_text(encoding="utf-8"))
        polite = frozenset(words(" ".join(told.pop("polite")["words"])))
        lists = told.pop("lists")
        return cls(
            known={name: _phrases(one["words"], polite) for name, one in told.items()},
            parts={
                name: tuple(_part(part, lists, polite) for part in one.get("parts", ()))
                for name, one in told.items()
            },
            polite=polite,
        )

    def says(self, name: str, said: Words) -> bool:
        """Tell whether the folded words of a whole message are of the kind ``name``."""
        bare = self.bare(said)
        return bare in self.known[name] or said in self.known[name] or self._is_built(name, bare)

    def _is_built(self, name: str, said: Words) -> bool:
        parts = self.parts[name]
        return bool(parts and said) and _made_of(parts, said)

    def first(self, said: Words) -> str:
        """Give what a whole message asks for; nothing for any other."""
        return next((name for name in self.known if self.says(name, said)), "")

    def verb(self, said: Words) -> str:
        """Give what the words beside a reference ask for: what they begin with."""
        bare = self.bare(said)
        begun = (bare[:size] for size in range(len(bare), 0, -1))
        found = (self.first(part) for part in begun)
        return next(filter(None, found), "")

    def bare(self, said: Words) -> Words:
        """Give folded words without courtesies."""
        return tuple(word for word in said if word not in self.polite)


def _made_of(parts: Parts, said: Words) -> bool:
    """Tell whether ``said`` is one phrase of each of ``parts``, in their order."""
    if not parts:
        return not said
    first, *rest = parts
    return any(
        said[: len(one)] == one and _made_of(tuple(rest), said[len(one) :]) for one in first
    )


def _part(
    told: Mapping[str, Any], lists: Mapping[str, list[str]], polite: frozenset[str]
) -> Phrases:
    known = _phrases(told["words"] if "words" in told else lists[told["list"]], polite)
    return known | {()} if told.get("optional") else known


def _phrases(told: list[str], polite: frozenset[str]) -> Phrases:
    cut = [tuple(words(text)) for text in told]
    bare = [tuple(word for word in one if word not in polite) for one in cut]
    return frozenset(one for one in (*cut, *bare) if one)
