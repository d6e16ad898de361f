"""A message as its words are compared: folded, short forms spelled out, clause by clause."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from knowledge.text import MARKED_SHARE, Tokens, is_syllable, tokens, untyped

DATA: Final = Path(__file__).parents[1] / "data"
SHORTHAND_FILE: Final = DATA / "shorthand.vi.toml"
# Signs that are read; who writes on has said before what it is about.
LONGEST: Final = 6_000
NUMBER: Final = "0"
SUM: Final = "0tien"
_STOP: Final = re.compile(r"[.!?;:…]+(?=\s|$)|\n+")
_SUM: Final = re.compile(r"\d+(?:k|tr|trieu|cu|ng|ngan|nghin|ti|ty|chai|lit|d|vnd|dong)\d*")
_HOUR: Final = re.compile(r"\d{1,2}[hg]\d{0,2}")
# A telephone, an account or a document: no count of anything.
_LONG_NUMBER: Final = 8
_SHORTEST_MISTYPED: Final = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two stops: folded ``words``, and ``keys`` that keep their marks."""

    words: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A message cut into clauses; ``marked`` tells that its writer used marks."""

    clauses: tuple[Clause, ...]
    marked: bool
    asks: bool

    @property
    def length(self) -> int:
        """How many words it has."""
        return sum(len(clause.words) for clause in self.clauses)


def read(text: str) -> Said:
    """Cut ``text`` into clauses of plain words; capitals, spaces and NFC or NFD change nothing."""
    heard = text[:LONGEST]
    parts = [part for piece in _STOP.split(heard) if (part := tokens(piece)).words]
    size = sum(len(part.words) for part in parts)
    marks = sum(word != key for part in parts for word, key in _pairs(part))
    clauses = tuple(_clause(part) for part in parts)
    return Said(clauses, marks >= MARKED_SHARE * max(size, 1), "?" in heard)


def _clause(part: Tokens) -> Clause:
    words, keys = zip(*_spelled(part), strict=True)
    return Clause(words, keys)


def _pairs(part: Tokens) -> Iterator[tuple[str, str]]:
    return zip(part.words, part.keys, strict=True)


def _spelled(part: Tokens) -> Iterator[tuple[str, str]]:
    """Give each word and its key; a number is told by what it counts, never by which it is."""
    short = shorthand()
    for word, key in _pairs(part):
        if word[:1].isdigit():
            yield (shape := _shape(word)), shape
        elif word == key and word in short:
            yield from short[word]
        else:
            plain = _plain(word)
            yield plain, key if plain == word else plain


@lru_cache(maxsize=16_384)
def _plain(word: str) -> str:
    return word if len(word) < _SHORTEST_MISTYPED or is_syllable(word) else untyped(word)


def _shape(word: str) -> str:
    if _SUM.fullmatch(word):
        return SUM
    if _HOUR.fullmatch(word):
        return "0gio"
    if word.isdigit():
        return "0so" if len(word) >= _LONG_NUMBER else NUMBER
    return "0x"


@cache
def shorthand() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Give how short forms are spelled out: each word with its key."""
    table = tomllib.loads(SHORTHAND_FILE.read_text(encoding="utf-8"))["words"]
    return {short: tuple(_pairs(tokens(long))) for short, long in table.items()}
