"""A file as the rules see it: paragraphs and tables in the order of reading."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from broadcasts.text import printable

# Zero-width signs, soft hyphens and marks of direction that slip into words.
_UNSEEN: Final = dict.fromkeys([0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F)])
_SPACES: Final = re.compile(r"[^\S\n]+")
_LINES: Final = re.compile(r" ?\n[ \n]*")


class Span(StrEnum):
    """Whose words stand in a cell: its own, or those of the one it is merged with."""

    OWN = "own"
    ABOVE = "above"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The words in one place of a table; a line break in them is one of the writer's."""

    text: str
    span: Span = Span.OWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; ``place`` is where a person finds it."""

    cells: tuple[Cell, ...]
    place: str

    @property
    def texts(self) -> tuple[str, ...]:
        """Give the words of each column."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words outside a table."""

    text: str
    place: str
    page: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, or the part of one that stands on a page."""

    rows: tuple[Row, ...]
    place: str

    @property
    def width(self) -> int:
        """Give the number of columns."""
        return max((len(row.cells) for row in self.rows), default=0)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """All words of a file."""

    name: str
    blocks: tuple[Block, ...]


def clean(text: str) -> str:
    """Compose marks, drop signs nobody sees, and leave single spaces and single line breaks."""
    composed = unicodedata.normalize("NFC", text.translate(_UNSEEN))
    told = composed.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n")
    return printable(_LINES.sub("\n", _SPACES.sub(" ", told))).strip()


def one_line(text: str) -> str:
    """Give the words without line breaks."""
    return " ".join(text.split())
