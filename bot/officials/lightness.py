"""Which changes of a card are light: what may be approved many at once without reading each."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Self

_DATA: Final = ("data", "light.vi.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lightness:
    """The light ``fields``, what merely follows them, and the words no light text holds."""

    fields: tuple[str, ...]
    following: frozenset[str]
    weighty: re.Pattern[str]

    @classmethod
    def load(cls) -> Self:
        """Read the shipped rule."""
        told = tomllib.loads(files("bot.officials").joinpath(*_DATA).read_text(encoding="utf-8"))
        words = "|".join(map(re.escape, told["words"]))
        return cls(
            fields=tuple(told["fields"]),
            following=frozenset(told["following"]),
            weighty=re.compile(rf"\b(?:{words})\b", re.IGNORECASE),
        )

    def is_light(self, fields: Iterable[str], stated: Collection[str]) -> bool:
        """Tell whether only light fields change, none of which an office ``stated`` before."""
        changed = set(fields) - self.following
        return changed <= set(self.fields) and changed.isdisjoint(stated)

    def is_plain(self, texts: Iterable[str]) -> bool:
        """Tell whether no text speaks of money, time or papers."""
        return not any(map(self.weighty.search, texts))


@cache
def lightness() -> Lightness:
    """Give the shipped rule, read once."""
    return Lightness.load()
