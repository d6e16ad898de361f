"""A table as rows of text, whatever file it came from."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from knowledge.errors import KnowledgeError

# Nearly ten times the national catalogue.
MOST_ROWS: Final = 50_000
# What no cell of ours holds: signs that steer a printer, and the space that does not break.
_PLAINLY: Final = {code: None for code in range(0x20) if chr(code) not in "\n\t"} | {0xA0: " "}


class UnreadableFile(KnowledgeError):
    """The file cannot be used at all; the message says what to do instead."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; ``number`` counts from 1 as its reader sees it.

    ``inherited`` names the columns whose text belongs to a cell that began in a row above.
    """

    number: int
    cells: tuple[str, ...]
    inherited: frozenset[int] = frozenset()

    def cell(self, column: int) -> str:
        """Give the text of a column, empty past the end."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The different texts of the row, in order; a merged cell counts once."""
        return tuple(dict.fromkeys(text for text in self.cells if text))

    def continued(self, row: Row) -> Row:
        """Give this row with what a row below adds to it."""
        width = max(len(self.cells), len(row.cells))
        added = ("" if column in row.inherited else row.cell(column) for column in range(width))
        cells = (_joined(self.cell(column), more) for column, more in enumerate(added))
        return Row(self.number, tuple(cells), self.inherited)


def _joined(text: str, more: str) -> str:
    if not text or not more:
        return text or more
    return f"{text}\n{more}" if more[0] in "-+*•–" or text[-1] in ".;:" else f"{text} {more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One table; ``name`` says where in its file, ``caption`` what paragraphs stood above it.

    ``columns`` are the columns' numbers as their reader sees them, where some are left out.
    """

    name: str
    rows: tuple[Row, ...]
    caption: tuple[str, ...] = ()
    columns: tuple[int, ...] = ()

    def number_of(self, column: int) -> int:
        """Give a column's number, counted from 1 as its reader sees it."""
        return self.columns[column] if self.columns else column + 1


def clean(value: object) -> str:
    """Give a cell as text: marks composed, no control characters, no outer spaces."""
    if value is None:
        return ""
    text = unicodedata.normalize("NFC", str(value)).replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_PLAINLY).strip()
