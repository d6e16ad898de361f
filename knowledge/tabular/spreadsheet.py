"""Tables in .xlsx files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile, ZipFile
from zlib import error as BadDeflate  # noqa: N812 - it is an exception

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.tabular.grid import MOST_ROWS, Grid, Row, UnreadableFile, clean

MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 600_000
MOST_MERGED: Final = 200_000
LONGEST_CELL: Final = 32_767
# A SyntaxError here is the XML parser's: a part cut short, or entities within entities.
BROKEN: Final = (
    BadZipFile, BadDeflate, InvalidFileException, SyntaxError, EOFError,
    LookupError, AttributeError, ValueError, TypeError,
)  # fmt: skip
_TAG: Final = rb"<(?:[^\s<>/\"']+:)?%s(?=[\s/>])"
_ROW: Final = re.compile(_TAG % b"row")
_CELL: Final = re.compile(_TAG % b"c")
_MERGED: Final = re.compile(_TAG % b"mergeCell" + rb"[^<]*")
_REF: Final = re.compile(r"\sref\s*=\s*[\"']([^\"']+)")


def read_spreadsheet(path: Path) -> list[Grid]:
    """Read every visible sheet; a merged cell's text stands in each of its places.

    Raises:
        UnreadableFile: the file is broken or has too many rows.
    """
    try:
        _check_size(path)
        book = load_workbook(path, data_only=True)
    except BROKEN as error:
        raise UnreadableFile(f"{path.name}: tệp hỏng, hãy mở và lưu lại") from error
    return [
        Grid(name=f"trang “{sheet.title}”", rows=tuple(_rows(sheet, path)))
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
    ]


def _check_size(path: Path) -> None:
    """Refuse what would fill the memory before the library makes a cell of it.

    A sheet's part may have any name; without zero bytes UTF-16 reads like UTF-8.
    """
    merged = 0
    with ZipFile(path) as package:
        for part in package.namelist():
            data = package.read(part).replace(b"\0", b"")
            rows, cells = (sum(1 for _ in made.finditer(data)) for made in (_ROW, _CELL))
            if rows > MOST_ROWS or cells > MOST_CELLS:
                raise UnreadableFile(
                    f"{path.name}: quá nhiều dòng hoặc ô (tối đa {MOST_ROWS} dòng, "
                    f"{MOST_CELLS} ô); hãy xóa dòng, cột thừa hoặc chia thành nhiều tệp"
                )
            merged += sum(map(_size, _MERGED.findall(data)))
    if merged > MOST_MERGED:
        raise UnreadableFile(
            f"{path.name}: gộp quá nhiều ô (tối đa {MOST_MERGED}); hãy bỏ gộp các ô thừa"
        )


def _size(tag: bytes) -> int:
    told = _REF.search(tag.decode("ascii", "replace"))
    left, top, right, bottom = range_boundaries(told[1] if told else "")
    if left is None or top is None or right is None or bottom is None:
        return MOST_MERGED + 1
    return (right - left + 1) * (bottom - top + 1)


def _rows(sheet: Worksheet, path: Path) -> Iterable[Row]:
    if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
        raise UnreadableFile(
            f"{path.name}: trang “{sheet.title}” quá lớn "
            f"(tối đa {MOST_ROWS} dòng, {MOST_COLUMNS} cột); hãy xóa dòng, cột thừa"
        )
    lines = [[clean(_plain(value)) for value in row] for row in sheet.iter_rows(values_only=True)]
    inherited: dict[int, set[int]] = {}
    for merged in sheet.merged_cells.ranges:
        text = lines[merged.min_row - 1][merged.min_col - 1]
        columns = range(merged.min_col - 1, merged.max_col)
        for place in range(merged.min_row - 1, merged.max_row):
            lines[place][columns.start : columns.stop] = [text] * len(columns)
            if place >= merged.min_row:
                inherited.setdefault(place, set()).update(columns)
    for place, line in enumerate(lines):
        yield Row(place + 1, tuple(line), frozenset(inherited.get(place, ())))


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else value


def write_spreadsheet(path: Path, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write one sheet with a bold, fixed heading row; every cell is text.

    Raises:
        UnreadableFile: a cell is longer than Excel can hold.
    """
    told = list(lines)
    # All that can fail comes first: a book begun and not saved cannot be closed.
    long = next((text for line in told for text in line if len(text) > LONGEST_CELL), "")
    if long:
        why = f"một ô dài quá {LONGEST_CELL} ký tự; hãy xuất ra .csv: {long[:60]}…"
        raise UnreadableFile(why)
    with path.open("wb") as file:
        _workbook(headings, told).save(file)


def _workbook(headings: Sequence[str], lines: Iterable[Sequence[str]]) -> Workbook:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Thủ tục")
    sheet.freeze_panes = "C2"
    for place in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 28
    _append(sheet, _styled(sheet, len(headings), bold=True), headings)
    # To style a cell takes far longer than to write it, so each column has one for all its rows.
    cells = _styled(sheet, len(headings))
    for line in lines:
        _append(sheet, cells, line)
    return book


def _styled(sheet: Any, count: int, *, bold: bool = False) -> list[Any]:  # noqa: ANN401
    cells = [WriteOnlyCell(sheet) for _ in range(count)]
    for cell in cells:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=bold)
    return cells


def _append(sheet: Any, cells: Sequence[Any], texts: Sequence[str]) -> None:  # noqa: ANN401
    for cell, text in zip(cells, texts, strict=True):
        cell.value = text
        cell.data_type = "s"
    sheet.append([cell if text else None for cell, text in zip(cells, texts, strict=True)])
