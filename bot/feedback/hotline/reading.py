"""An export, row by row: its headings are looked for, then each row is read by them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.feedback.hotline.columns import Headings, headings_of, needed
from bot.feedback.hotline.rows import HotlineRow, RowFault, row_of
from bot.feedback.hotline.wording import fault
from knowledge.tabular.grid import UnreadableFile, clean
from knowledge.tabular.sheet_rows import SheetRow

# Titles and the day of printing stand above the headings.
DEEPEST: Final = 30
MOST_TOLD: Final = 12


@dataclass(slots=True)
class Export:
    """An export that is being read; ``unknown`` are headings that hold nothing we know."""

    name: str
    now: datetime
    unknown: tuple[str, ...] = ()
    _seen: list[str] = field(default_factory=list)

    def rows(self, lines: Iterable[SheetRow]) -> Iterator[HotlineRow | list[RowFault]]:
        """Read the rows of the first sheet that has headings.

        Raises:
            UnreadableFile: no sheet has them, or nothing stands below.
        """
        headings: Headings | None = None
        sheet, looked, found = "", 0, 0
        for line in lines:
            if line.sheet != sheet:
                if headings is not None:
                    break
                sheet, looked = line.sheet, 0
            looked += 1
            if headings is not None:
                found += 1
                yield row_of(line.number, line.cells, headings, self.now)
            elif looked <= DEEPEST:
                headings = self._headings(line)
        self._require(headings, found)

    def _headings(self, line: SheetRow) -> Headings | None:
        texts = {place: clean(value) for place, value in line.cells.items()}
        headings = headings_of(texts)
        if headings.are_enough:
            self.unknown = headings.unknown
            return headings
        self._seen.extend(texts.values())
        return None

    def _require(self, headings: Headings | None, found: int) -> None:
        if headings is None:
            names = ", ".join(one.label for one in needed())
            read = ", ".join(f"“{one[:40]}”" for one in self._seen[:MOST_TOLD]) or "(không có)"
            said = fault("no_heads", most=DEEPEST, needed=names, read=read)
            raise UnreadableFile(f"{self.name}: {said}")
        if not found:
            raise UnreadableFile(f"{self.name}: {fault('no_rows')}")
