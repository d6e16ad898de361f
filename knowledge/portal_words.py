"""How the National portal words a level and a province → ours; the words are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self

from knowledge.models import Level
from knowledge.text import tokens

WORDS: Final = Path(__file__).parent / "data" / "portal.vi.toml"


@dataclass(frozen=True, slots=True)
class PortalWords:
    """Words that tell a level, names that tell a province; as keys of words, between spaces."""

    levels: Mapping[Level, tuple[str, ...]]
    provinces: tuple[tuple[str, str], ...]

    @classmethod
    def load(cls) -> Self:
        """Read the shipped words."""
        tables = tomllib.loads(WORDS.read_text(encoding="utf-8"))
        levels = {Level(name): tuple(map(_plain, said)) for name, said in tables["levels"].items()}
        names = [
            (_plain(name), code) for code, all_ in tables["provinces"].items() for name in all_
        ]
        return cls(levels, tuple(names))

    @property
    def province_codes(self) -> frozenset[str]:
        """The two-digit codes of the provinces."""
        return frozenset(code for _, code in self.provinces)

    def with_provinces(self, names: Mapping[str, str]) -> Self:
        """Add what the portal itself calls its provinces (name → two-digit code)."""
        told = tuple((_plain(_bare(name)), code) for name, code in names.items())
        return type(self)(self.levels, (*told, *self.provinces))

    def level(self, texts: Iterable[str]) -> Level | None:
        """Give the lowest level the texts name."""
        said = _plain(" ; ".join(texts))
        found = (level for level, words in self.levels.items() if any(w in said for w in words))
        return next(found, None)

    def province(self, publisher: str) -> str:
        """Give the code of the province whose authority published; its own words when unknown."""
        said = _plain(publisher)
        return next((code for name, code in self.provinces if name in said), publisher)


@cache
def province_names() -> Mapping[str, str]:
    """Give what each province of today is called, by its two-digit code."""
    tables = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return {code: names[0] for code, names in tables["provinces"].items()}


def _bare(name: str) -> str:
    return re.sub(r"^(tỉnh|thành phố)\s+", "", name.strip(), flags=re.IGNORECASE)


@cache
def _plain(text: str) -> str:
    # With the marks on: folded, “sở” would be found in “số”.
    return f" {' '.join(tokens(text).keys)} "
