"""What became of an export's rows, without a word of what they tell."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.feedback.hotline.judging import Fate
from bot.feedback.hotline.rows import RowFault


@dataclass(frozen=True, slots=True)
class RowFate:
    """What became of a row; never a word of what it tells.

    ``dues`` are the export's own day and ours (none where no hours are set), where they differ;
    ``first`` is the row that stands for one that is there twice.
    """

    row: int
    fate: Fate
    faults: tuple[RowFault, ...] = ()
    dues: tuple[str, str] | None = None
    first: int = 0


@dataclass(slots=True, kw_only=True)
class Imported:
    """What became of a file's rows, and the headings nobody knows."""

    fates: list[RowFate] = field(default_factory=list)
    unknown: tuple[str, ...] = ()

    def of(self, fate: Fate) -> int:
        """Count the rows of a fate."""
        return sum(one.fate is fate for one in self.fates)

    @property
    def counts(self) -> dict[str, int]:
        """Give the number of rows by what became of them."""
        return {"rows": len(self.fates)} | {str(fate): self.of(fate) for fate in Fate}
