"""Reads rows of an office's tables: headings in any order, sections, broken and merged rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from knowledge.errors import RowFault
from knowledge.stated import Stated, TableReading
from knowledge.stated_row import read_row
from knowledge.tabular.grid import Grid, Row, UnreadableFile
from knowledge.tabular.headings import (
    Heading,
    heading_at,
    is_numbering,
    may_be_heading,
    repeats,
    unlike,
)
from knowledge.tabular.old_font import OLD_FONT, columns_in_old_font
from knowledge.tabular.sections import (
    CAPTION_PARAGRAPHS,
    Section,
    decision_in,
    is_section,
    section_of_caption,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One procedure's row, whole again, with the headings and the section it stands under."""

    row: Row
    heading: Heading
    section: Section
    file: str

    def fault(self, column: str, problem: str) -> RowFault:
        """Give a fault of this row."""
        return RowFault(file=self.file, row=self.row.number, column=column, problem=problem)


class GridReader:
    """Turns the grids of one file into what they state; headings carry over a page break."""

    def __init__(self, file: str, reading: TableReading) -> None:
        """Read for ``reading``; ``file`` is the name faults carry."""
        self.found_headings = False
        self._file = file
        self._reading = reading
        self._heading: Heading | None = None
        self._heading_row = 0
        self._section = Section()

    def read(self, grid: Grid) -> None:
        """Take in one table.

        Raises:
            UnreadableFile: a title is typed in an old font, so nobody knows what its rows are.
        """
        self._refuse_drawn_caption(grid)
        self._note_decision(grid.caption)
        self._section = section_of_caption(self._section, grid.caption)
        for entry in self._entries(grid):
            self._keep(entry)
        if self._heading is None:
            drawn = (fault for row in grid.rows if (fault := self._drawn(grid, row)))
            self._reading.faults += list(islice(drawn, 1)) or list(self._nearly(grid))

    def _nearly(self, grid: Grid) -> Iterable[RowFault]:
        """Give the fault of a table that has a column of codes or names, and no other we know."""
        for row in islice(filter(may_be_heading, grid.rows), 1):
            yield self._unlike(self._where(grid), row.number, row.texts)

    def _unlike(self, where: str, row: int, texts: Sequence[str]) -> RowFault:
        problem = f"không nhận ra cột nội dung nào; {unlike(texts)}"
        return RowFault(file=where, row=row, column="", problem=problem)

    def _refuse_drawn_caption(self, grid: Grid) -> None:
        if next(columns_in_old_font(grid.caption[-CAPTION_PARAGRAPHS:]), None) is not None:
            raise UnreadableFile(f"{self._where(grid)}, đoạn chữ phía trên: {OLD_FONT}")

    def _drawn(self, grid: Grid, row: Row) -> RowFault | None:
        """Give the fault of a row that an old font draws."""
        for column in columns_in_old_font(row.cells):
            where, told = self._where(grid), str(grid.number_of(column))
            return RowFault(file=where, row=row.number, column=told, problem=OLD_FONT)
        return None

    def _where(self, grid: Grid) -> str:
        return f"{self._file}, {grid.name}" if grid.name else self._file

    def _note_decision(self, paragraphs: Iterable[str]) -> None:
        decision = decision_in(paragraphs)
        if decision and not self._reading.decision:
            self._reading.decision = f"Quyết định {decision}"

    def _entries(self, grid: Grid) -> Iterable[Entry]:
        """Give the whole rows of a table; a row broken by a page is joined again."""
        self._heading = self._carried_over(grid)
        entry: Entry | None = None
        place = 0
        while place < len(grid.rows):
            row = grid.rows[place]
            found = self._headings_in(grid, place)
            if found:
                self._heading, self.found_headings = found, True
                self._heading_row = row.number
                self._reading.unknown |= dict.fromkeys(found.unknown)
                place += found.depth
                continue
            place += 1
            if self._says_nothing(row):
                continue
            if entry and self._continues(entry, row):
                entry = replace(entry, row=entry.row.continued(row))
                continue
            if entry:
                yield entry
            entry = self._begun(grid, row)
        if entry:
            yield entry

    def _carried_over(self, grid: Grid) -> Heading | None:
        width = max((len(row.cells) for row in grid.rows), default=0)
        same = self._heading and len(self._heading.texts) == width
        return self._heading if same else None

    def _headings_in(self, grid: Grid, place: int) -> Heading | None:
        if self._heading and not may_be_heading(grid.rows[place]):
            return None
        return heading_at(grid.rows, place)

    def _says_nothing(self, row: Row) -> bool:
        if self._heading is None:
            self._note_decision(row.texts)
            return True
        return not row.texts or is_numbering(row) or repeats(self._heading, row)

    def _continues(self, entry: Entry, row: Row) -> bool:
        if is_section(row):
            return False
        key = "number" if "number" in entry.heading.places else "official_name"
        if _own(entry.heading, row, key) or _own(entry.heading, row, "code"):
            return False
        # The rest of a broken name goes on in small letters; a capital begins a row of its own.
        return not _own(entry.heading, row, "official_name")[:1].isupper()

    def _begun(self, grid: Grid, row: Row) -> Entry | None:
        if is_section(row):
            fault = self._drawn(grid, row)
            if fault:
                raise UnreadableFile(str(fault))
            self._section = self._section.then(max(row.texts, key=len))
            return None
        if self._heading is None:
            return None
        file = self._where(grid)
        return Entry(row=row, heading=self._heading, section=self._section, file=file)

    def _note_names_only(self, entry: Entry) -> None:
        """Note once that nothing is stated; a list of what is abolished need not state more."""
        if entry.heading.names_only and not entry.section.abolished:
            fault = self._unlike(entry.file, self._heading_row, entry.heading.written)
            if fault not in self._reading.faults[-1:]:
                self._reading.faults.append(fault)

    def _keep(self, entry: Entry) -> None:
        self._note_names_only(entry)
        drawn = [at for at in columns_in_old_font(entry.row.cells) if at in entry.heading.known]
        if drawn:
            self._reading.faults.append(entry.fault(entry.heading.texts[drawn[0]], OLD_FONT))
            return
        fields, faults = read_row(entry.row, entry.heading)
        self._reading.faults += [entry.fault(column, why) for column, why in faults]
        code = fields.pop("code", "")
        if not code and entry.heading.text(entry.row, "code").strip("-–—…. "):
            return  # what its code says was not understood; its name alone would be a guess
        section = entry.section
        told = {"sector": section.sector, "level": section.level}
        self._reading.stated.append(
            Stated(
                code=code,
                fields={**{name: value for name, value in told.items() if value}, **fields},
                file=entry.file,
                row=entry.row.number,
                abolished=section.abolished,
            )
        )


def _own(heading: Heading, row: Row, field: str) -> str:
    """Give the text of a field that begins in this row; a merged cell's began above."""
    places = heading.places.get(field, ())
    return next((row.cell(at) for at in places if row.cell(at) and at not in row.inherited), "")
