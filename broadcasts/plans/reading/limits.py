"""How much one plan may hold; far above any real one, far below what fills the memory."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from broadcasts.plans.document import Cell, Span
from broadcasts.plans.errors import PlanUnreadable

MOST_PARAGRAPHS: Final = 5_000
MOST_ROWS: Final = 2_000
MOST_CELLS: Final = 30_000
MOST_COLUMNS: Final = 60
MOST_LETTERS: Final = 1_000_000
# Of a paragraph or a row: what is sought in it takes longer than its length grows.
LONGEST: Final = 20_000


class Tally:
    """Counts what is read from one file."""

    def __init__(self, name: str) -> None:
        """Begin to count for a file."""
        self._name = name
        self._paragraphs = self._rows = self._cells = self._letters = 0

    def paragraph(self, text: str) -> None:
        """Count a paragraph.

        Raises:
            PlanUnreadable: there are too many, or too many letters.
        """
        self._paragraphs += 1
        self._count(len(text))

    def row(self, cells: Sequence[Cell]) -> None:
        """Count a row; what a merged cell repeats counts once.

        Raises:
            PlanUnreadable: there are too many rows, cells or letters.
        """
        self._rows += 1
        self._cells += len(cells)
        self._count(sum(len(cell.text) for cell in cells if cell.span is Span.OWN))

    def _count(self, letters: int) -> None:
        self._letters += letters
        over = (
            letters > LONGEST,
            self._paragraphs > MOST_PARAGRAPHS,
            self._rows > MOST_ROWS,
            self._cells > MOST_CELLS,
            self._letters > MOST_LETTERS,
        )
        if any(over):
            raise PlanUnreadable(
                f"{self._name}: tệp quá dài so với một kế hoạch (tối đa {MOST_PARAGRAPHS} đoạn, "
                f"{MOST_ROWS} dòng, {MOST_CELLS} ô). Hãy tách riêng phần kế hoạch rồi nhập lại."
            )
