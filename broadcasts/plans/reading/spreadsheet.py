"""Sheets of Excel: each visible sheet is a table; the head of the plan stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as BadDeflate  # noqa: N812 - it is an exception

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from broadcasts.plans.document import Cell, Document, Row, Span, Table, clean
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.reading.limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Tally

# A SyntaxError here is the XML parser's: a part cut short, or entities within entities.
BROKEN: Final = (
    BadZipFile, BadDeflate, InvalidFileException, SyntaxError, EOFError, OSError,
    LookupError, AttributeError, ValueError, TypeError, RecursionError,
)  # fmt: skip
_CELL: Final = re.compile(rb"<(?:[^\s<>/\"']+:)?c(?=[\s/>])")
# What the library makes a cell of for every place it covers.
_COVERS: Final = re.compile(rb"<(?:[^\s<>/\"']+:)?(?:mergeCell|hyperlink)(?=[\s/>])[^>]*")
_REF: Final = re.compile(rb"\sref\s*=\s*[\"']([A-Za-z0-9:$]+)")
_MOST_COVERED: Final = 100_000


def read_sheets(path: Path) -> Document:
    """Read every visible sheet of an .xlsx file.

    Raises:
        PlanUnreadable: the file is broken or holds too much.
    """
    try:
        _check_size(path)
        book = load_workbook(path, data_only=True)
        tally = Tally(path.name)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in sheets:
            _check_reach(sheet, path)
        tables = tuple(_table(sheet, tally) for sheet in sheets)
        book.close()
    except BROKEN as error:
        raise PlanUnreadable(
            f"{path.name}: tệp hỏng. Hãy mở bằng Excel, lưu lại rồi nhập lại."
        ) from error
    return Document(name=path.name, blocks=tables)


def _check_size(path: Path) -> None:
    """Refuse what would fill the memory before the library makes a cell of it.

    A sheet's part may have any name; without zero bytes UTF-16 reads like UTF-8.
    """
    cells = covered = 0
    with ZipFile(path) as package:
        for part in package.namelist():
            data = package.read(part).replace(b"\0", b"")
            cells += sum(1 for _ in _CELL.finditer(data))
            covered += sum(map(_area, _COVERS.findall(data)))
            if cells > MOST_CELLS or covered > _MOST_COVERED:
                raise _too_large(path)


def _area(tag: bytes) -> int:
    found = _REF.search(tag)
    left, top, right, bottom = range_boundaries(found[1].decode()) if found else (1, 1, 1, 1)
    if left is None or top is None or right is None or bottom is None:
        return _MOST_COVERED + 1
    return (right - left + 1) * (bottom - top + 1)


def _too_large(path: Path) -> PlanUnreadable:
    return PlanUnreadable(
        f"{path.name}: bảng quá lớn so với một kế hoạch (tối đa {MOST_ROWS} dòng, "
        f"{MOST_COLUMNS} cột, {MOST_CELLS} ô). Hãy xóa dòng, cột thừa rồi nhập lại."
    )


def _check_reach(sheet: Any, path: Path) -> None:  # noqa: ANN401
    """Refuse words beyond the rows and columns that are read, rather than losing them."""
    for (row, column), cell in sheet._cells.items():  # noqa: SLF001 - a public walk visits every place
        if cell.value is not None and (row > MOST_ROWS or column > MOST_COLUMNS):
            raise _too_large(path)


def _table(sheet: Any, tally: Tally) -> Table:  # noqa: ANN401 - the stubs know no merged cells
    name = f"trang tính “{sheet.title}”"
    spans = dict(_spans(sheet))
    rows = []
    reach = {
        "max_col": min(sheet.max_column, MOST_COLUMNS),
        "max_row": min(sheet.max_row, MOST_ROWS),
    }
    for number, row in enumerate(sheet.iter_rows(**reach), 1):
        cells = tuple(_cell(sheet, spans, cell) for cell in row)
        tally.row(cells)
        if any(cell.text for cell in cells):
            rows.append(Row(cells=cells, place=f"{name}, dòng {number}"))
    return Table(rows=_trimmed(rows), place=name)


def _spans(sheet: Any) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:  # noqa: ANN401
    """Give for each place within merged cells the place whose words stand there."""
    for block in sheet.merged_cells.ranges:
        for row in range(block.min_row, min(block.max_row, MOST_ROWS) + 1):
            for column in range(block.min_col, min(block.max_col, MOST_COLUMNS) + 1):
                yield (row, column), (block.min_row, block.min_col)


def _cell(sheet: Any, spans: dict[tuple[int, int], tuple[int, int]], cell: Any) -> Cell:  # noqa: ANN401
    place = (cell.row, cell.column)
    source = spans.get(place, place)
    text = clean(_plain(sheet.cell(*source).value))
    if source == place:
        return Cell(text=text)
    return Cell(text=text, span=Span.LEFT if source[0] == place[0] else Span.ABOVE)


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    return "" if value is None else str(value)


def _trimmed(rows: list[Row]) -> tuple[Row, ...]:
    """Leave out the columns to the right in which nothing stands."""
    width = max((_last(row) for row in rows), default=0)
    return tuple(Row(cells=row.cells[:width], place=row.place) for row in rows)


def _last(row: Row) -> int:
    return max((at for at, cell in enumerate(row.cells, 1) if cell.text), default=0)
