"""Tables in .xlsx files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import closing
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
from openpyxl.worksheet._reader import WorkSheetParser

from knowledge.tabular.grid import MOST_ROWS, Grid, UnreadableFile, clean
from knowledge.tabular.layout import MOST_CELLS, Merged, laid_out

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
        UnreadableFile: the file is broken or holds too much.
    """
    try:
        _check_size(path)
        with closing(load_workbook(path, read_only=True, data_only=True)) as book:
            return [
                _grid(sheet, path) for sheet in book.worksheets if sheet.sheet_state == "visible"
            ]
    except BROKEN as error:
        raise UnreadableFile(f"{path.name}: tệp hỏng, hãy mở và lưu lại") from error


def _check_size(path: Path) -> None:
    """Refuse what would fill the memory before the library makes a cell of it.

    A sheet's part may have any name; without zero bytes UTF-16 reads like UTF-8.
    """
    merged = cells = 0
    with ZipFile(path) as package:
        for part in package.namelist():
            data = package.read(part).replace(b"\0", b"")
            rows = sum(1 for _ in _ROW.finditer(data))
            cells += sum(1 for _ in _CELL.finditer(data))
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


def _grid(sheet: Any, path: Path) -> Grid:  # noqa: ANN401 - the stubs call it a Worksheet
    parser = parser_of(sheet)
    texts: dict[int, dict[int, str]] = {}
    with closing(parser.source):
        for _, cells in parser.parse():
            for cell in cells:
                if text := clean(_plain(cell["value"])):
                    texts.setdefault(cell["row"], {})[cell["column"]] = text
    blocks = parser.merged_cells.mergeCell if parser.merged_cells else ()
    merged = [
        Merged(left=block.min_col, top=block.min_row, right=block.max_col, bottom=block.max_row)
        for block in blocks
    ]
    name = f"trang “{sheet.title}”"
    return laid_out(f"{path.name}: {name}", name, texts, merged=merged)


def parser_of(sheet: Any) -> Any:  # noqa: ANN401 - as above
    """Give what reads a sheet's cells as they stand in its part.

    The public ways lay out every place up to the farthest cell, or make cells of every place a
    link or a merged cell covers; one stray cell would take minutes and gigabytes.
    """
    book = sheet.parent
    return WorkSheetParser(
        sheet._get_source(),  # noqa: SLF001
        sheet._shared_strings,  # noqa: SLF001
        data_only=True,
        epoch=book.epoch,
        date_formats=book._date_formats,  # noqa: SLF001
        timedelta_formats=book._timedelta_formats,  # noqa: SLF001
    )


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
    for line in told:
        for heading, text in zip(headings, line, strict=True):
            if len(text) > LONGEST_CELL:
                raise UnreadableFile(_too_long(line, heading, text))
    with path.open("wb") as file:
        _workbook(headings, told).save(file)


def _too_long(line: Sequence[str], heading: str, text: str) -> str:
    row = " ".join(cell for cell in line[:3] if len(cell) <= LONGEST_CELL)
    return (
        f"Dòng {row}: mục “{heading}” dài {len(text)} ký tự, một ô bảng tính chỉ chứa"
        f" {LONGEST_CELL}. Hãy rút gọn mục ấy, hoặc xuất ra .csv"
    )


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
