"""Groups of words that mean the same here: who takes, what is taken, how somebody refuses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Self

from bot.feedback.classifying.reading import DATA, Clause, Said, read

CONCEPTS_FILE: Final = DATA / "concepts.vi.toml"
Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """The groups of every phrase; by a phrase's first word, how many words phrases have."""

    groups: Mapping[Phrase, Sequence[str]]
    sizes: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, phrases: Mapping[str, Sequence[str]], *, marked: bool) -> Self:
        """Make a book of groups and their phrases, for texts with marks or without."""
        groups: dict[Phrase, dict[str, None]] = {}
        for group, texts in phrases.items():
            for text in texts:
                for clause in read(text).clauses:
                    groups.setdefault(way_of(clause, marked=marked), {})[group] = None
        sizes: dict[str, set[int]] = {}
        for way in groups:
            sizes.setdefault(way[0], set()).add(len(way))
        return cls(
            {way: tuple(names) for way, names in groups.items()},
            {head: sorted(lengths) for head, lengths in sizes.items()},
        )

    def found(self, way: Phrase) -> Iterator[tuple[int, str]]:
        """Give the groups of every phrase that stands in ``way``, each with where it begins."""
        for start, word in enumerate(way):
            for size in self.sizes.get(word, ()):
                for group in self.groups.get(way[start : start + size], ()):
                    yield start, group


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of phrases, ready for texts with marks and for texts without."""

    with_marks: Book
    bare: Book

    @classmethod
    def of(cls, phrases: Mapping[str, Sequence[str]]) -> Self:
        """Take the phrases of each group."""
        return cls(Book.of(phrases, marked=True), Book.of(phrases, marked=False))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the lists of a file."""
        return cls.of(tomllib.loads(path.read_text(encoding="utf-8")))

    def found(self, clause: Clause, *, marked: bool) -> Iterator[tuple[int, str]]:
        """Give the groups a phrase of which stands in ``clause``, each with where it begins."""
        book = self.with_marks if marked else self.bare
        return book.found(way_of(clause, marked=marked))

    def told(self, said: Said) -> frozenset[str]:
        """Give all groups a phrase of which stands in a message."""
        clauses = said.clauses
        return frozenset(
            group for clause in clauses for _, group in self.found(clause, marked=said.marked)
        )


@cache
def concepts() -> Groups:
    """Give the groups of the concepts' file, read once."""
    return Groups.read(CONCEPTS_FILE)


def way_of(clause: Clause, *, marked: bool) -> Phrase:
    """Give a clause as it is compared: by its words, or with marks where the writer used them."""
    return clause.keys if marked else clause.words
