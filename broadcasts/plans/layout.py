"""A document laid out: paragraphs, and tables of activities made whole over page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from broadcasts.plans.columns import Header, header_at, is_count
from broadcasts.plans.document import Document, Paragraph, Row, Span, Table
from broadcasts.plans.words import key, opens

# In a sheet the head of the document stands above its table.
DEEPEST_HEADER: Final = 40
_FURNITURE: Final = re.compile(r"(?:trang )?\d{1,3}(?: \d{1,3})?")
_FEW_WORDS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A row below the headings; ``first`` of those on its page."""

    row: Row
    first: bool = False


@dataclass(slots=True, kw_only=True)
class Grid:
    """A table of activities: its columns, its lines, and rows that only name the columns."""

    header: Header
    named: list[Row]
    lines: list[Line] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Layout:
    """Paragraphs in order, tables of activities, and tables nobody understands."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    unknown: list[Table] = field(default_factory=list)
    furniture: list[Paragraph] = field(default_factory=list)


def lay_out(document: Document) -> Layout:
    """Sort the blocks of a document; each row and paragraph goes to one place."""
    layout = Layout()
    open_grid: Grid | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            open_grid = _table(layout, block, open_grid)
        elif _FURNITURE.fullmatch(key(block.text)):
            layout.furniture.append(block)
        else:
            layout.paragraphs.append(block)
            open_grid = None
    return layout


def _table(layout: Layout, table: Table, before: Grid | None) -> Grid | None:
    """Take a table in; give the grid that the next part of it would continue."""
    found = _find_header(table)
    if found is None:
        if before is None or table.width not in (len(before.header.columns), 1):
            _loose(layout, table)
            return None
        _add(layout, before, table.rows)
        return before
    place, header = found
    named = table.rows[place : place + header.height]
    if before is not None and before.header.kinds == header.kinds:
        # Rows above a repeated heading continue the table on the page before.
        _add(layout, before, table.rows[:place])
        before.named += named
        _add(layout, before, table.rows[place + header.height :])
        return before
    layout.paragraphs += _paragraphs(table.rows[:place])
    grid = Grid(header=header, named=list(named))
    layout.grids.append(grid)
    _add(layout, grid, table.rows[place + header.height :], fresh=False)
    return grid


def _find_header(table: Table) -> tuple[int, Header] | None:
    for place in range(min(len(table.rows), DEEPEST_HEADER)):
        if header := header_at(table.rows, place):
            return place, header
    return None


def _add(layout: Layout, grid: Grid, rows: tuple[Row, ...], *, fresh: bool = True) -> None:
    """Add the rows of one page; what is signed below a sheet's table is prose again."""
    first = fresh
    for place, row in enumerate(rows):
        if _ends(row):
            layout.paragraphs += _paragraphs(rows[place:])
            return
        if any(row.texts == one.texts for one in grid.named) or (not grid.lines and is_count(row)):
            grid.named.append(row)
        elif any(row.texts):
            grid.lines.append(Line(row=row, first=first))
            first = False


def _ends(row: Row) -> bool:
    told = next((text for text in row.texts if text), "")
    return opens(told, "sections", "recipients") or (
        opens(told, "sections", "signature") and opens_signature(told)
    )


def opens_signature(text: str) -> bool:
    """Tell whether a text is the line above a signature: “TM. ỦY BAN NHÂN DÂN”."""
    line = text.split("\n", maxsplit=1)[0]
    return opens(line, "sections", "signature") and "." in line[:5] and line.isupper()


def _loose(layout: Layout, table: Table) -> None:
    """A table with no headings: the head or the foot of a document, or one nobody understands."""
    layout.paragraphs += _paragraphs(table.rows)
    if len(table.rows) > 2 and table.width > 2:  # noqa: PLR2004 - a head has two columns, two rows
        layout.unknown.append(table)


def _paragraphs(rows: tuple[Row, ...]) -> Iterator[Paragraph]:
    for row in rows:
        for cell in row.cells:
            if cell.span is Span.OWN:
                for line in filter(None, cell.text.split("\n")):
                    yield Paragraph(text=line, place=row.place)
