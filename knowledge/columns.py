"""The columns of a procedure table: what they are called, by us and by others, and their words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Self

from rapidfuzz import fuzz, process

from knowledge.text import words

COLUMNS: Final = Path(__file__).parent / "data" / "columns.vi.toml"
LONGEST_HEADING: Final = 90
ALIKE_ENOUGH: Final = 88.0
_IN_PARENTHESES: Final = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Columns:
    """Headings by field, fields by folded name, and the Vietnamese word of every value."""

    headings: Mapping[str, str]
    names: Mapping[str, str]
    labels: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls) -> Self:
        """Read the shipped columns."""
        tables: dict[str, Any] = tomllib.loads(COLUMNS.read_text(encoding="utf-8"))
        columns = tables.pop("fields")
        names = {
            folded(name): field
            for field, column in columns.items()
            for name in (column["heading"], *column["also"])
        }
        headings = {field: column["heading"] for field, column in columns.items()}
        return cls(headings, names, tables)

    def told(self, fields: Iterable[str]) -> str:
        """Give the headings of ``fields`` in one line; what has no column is left out."""
        return ", ".join(self.headings[name] for name in fields if name in self.headings)

    def is_heading(self, text: str) -> bool:
        """Tell whether a text is one of the headings word for word."""
        return folded(_IN_PARENTHESES.sub(" ", text)[:LONGEST_HEADING]) in self.names

    def field_of(self, heading: str) -> str:
        """Give the field a heading stands for, empty when it is none of ours."""
        return _field_of(_IN_PARENTHESES.sub(" ", heading)[:LONGEST_HEADING])


@lru_cache(maxsize=4_096)
def _field_of(heading: str) -> str:
    said, names = folded(heading), columns().names
    if not said or said in names:
        return names.get(said, "")
    opening = max((name for name in names if said.startswith(name + " ")), key=len, default="")
    if opening and len(opening) * 2 >= len(said):
        return names[opening]
    alike = process.extractOne(said, names.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE_ENOUGH)
    return names[alike[0]] if alike else ""


def folded(text: str) -> str:
    """Give the words of a text without marks, capitals and signs."""
    return " ".join(words(text))


@cache
def columns() -> Columns:
    """Give the shipped columns, read once."""
    return Columns.load()


def word(name: str) -> str:
    """Give one of the words that stand in cells."""
    return columns().labels["words"][name]
