"""The Vietnamese words of the console, one file per page family; a key is ``table.key``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Final, Self

from broadcasts.documents.numbers import number_text

# Gaps for a year, and for the number by which something is called.
CALLED: Final = frozenset({"year", "number", "id", "seq"})
FOLDER: Final = Path(__file__).parent / "words"


@dataclass(frozen=True, slots=True)
class Wording:
    """Every sentence of the console by its key; ``$name`` in it is a gap to fill."""

    sentences: Mapping[str, Template]

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """Read every ``*.vi.toml`` of ``folder``.

        Raises:
            ValueError: two files have a table of one name, or what stands there is no sentence.
        """
        sentences: dict[str, Template] = {}
        for file in sorted(folder.glob("*.vi.toml")):
            tables = tomllib.loads(file.read_text(encoding="utf-8"))
            for key, sentence in _keyed(tables, file.name):
                if key in sentences or not sentence.is_valid():
                    raise ValueError(f"{file.name}: {key} stands elsewhere too, or has a lone $")
                sentences[key] = sentence
        return cls(sentences)

    def say(self, key: str, **values: object) -> str:
        """Give the sentence of ``key`` with its gaps filled; a missing value is a ``KeyError``.

        Whole numbers are amounts and get dots between thousands, but for ``CALLED``.
        """
        told = {
            name: number_text(value) if isinstance(value, int) and name not in CALLED else value
            for name, value in values.items()
        }
        return self.sentences[key].substitute(told)

    def gaps(self, key: str) -> tuple[str, ...]:
        """Give the names of the gaps in the sentence of ``key``."""
        return tuple(self.sentences[key].get_identifiers())


def _keyed(tables: Mapping[str, object], file: str) -> Iterable[tuple[str, Template]]:
    for table, entries in tables.items():
        if not isinstance(entries, dict):
            raise TypeError(f"{file}: {table} stands in no table")
        for key, sentence in entries.items():
            if not isinstance(sentence, str):
                raise TypeError(f"{file}: {table}.{key} is no sentence")
            yield f"{table}.{key}", Template(sentence)


@cache
def wording() -> Wording:
    """Give the shipped words, read once."""
    return Wording.load()


def say(key: str, **values: object) -> str:
    """Give a shipped sentence with its gaps filled."""
    return wording().say(key, **values)


def said(table: str, key: str) -> str:
    """Give the sentence of ``key`` in ``table``; a code that nobody named is told as it is."""
    name = f"{table}.{key}"
    known = name in wording().sentences and not wording().gaps(name)
    return say(name) if known else key
