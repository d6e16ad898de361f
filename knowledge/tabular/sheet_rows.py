"""The rows of a long .xlsx, one after another: a sheet of any length takes the memory of a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

from openpyxl import load_workbook

from knowledge.tabular.gate import check
from knowledge.tabular.grid import UnreadableFile
from knowledge.tabular.spreadsheet import BROKEN, parser_of

MOST_STREAMED: Final = 200_000
SUFFIX: Final = ".xlsx"
_PART: Final = "xl/worksheets/"
_ROW: Final = b"<row "
_BLOCK: Final = 1 << 20

Value = str | int | float | bool | datetime | date | time


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that holds something: its sheet, its number from 1, and its values by column."""

    sheet: str
    number: int
    cells: dict[int, Value]


def sheet_rows(path: Path) -> Iterator[SheetRow]:
    """Give the rows of every visible sheet, in order.

    Raises:
        UnreadableFile: it is no .xlsx, is broken or locked, or holds too much.
    """
    if path.suffix.lower() != SUFFIX:
        raise UnreadableFile(f"{path.name}: chỉ đọc được tệp {SUFFIX}; hãy lưu lại dạng ấy")
    check(path)
    try:
        yield from _rows(path)
    except BROKEN as error:
        raise UnreadableFile(f"{path.name}: tệp hỏng, hãy mở và lưu lại") from error


def _rows(path: Path) -> Iterator[SheetRow]:
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        visible = (one for one in book.worksheets if one.sheet_state == "visible")
        for seen, row in enumerate(chain.from_iterable(map(_lines, visible))):
            if seen >= MOST_STREAMED:
                most = f"tối đa {MOST_STREAMED} dòng"
                raise UnreadableFile(f"{path.name}: quá nhiều dòng ({most}); hãy chia tệp")
            yield row


def _lines(sheet: Any) -> Iterator[SheetRow]:  # noqa: ANN401 - the stubs call it a Worksheet
    parser = parser_of(sheet)
    with closing(parser.source):
        for number, cells in parser.parse():
            told = {one["column"]: one["value"] for one in cells if one["value"] is not None}
            if told:
                yield SheetRow(str(sheet.title), number, told)


def row_marks(path: Path) -> int:
    """Count about how many rows there are, to tell how far the reading is; 0 when it is broken."""
    try:
        with ZipFile(path) as package:
            names = [one for one in package.namelist() if one.startswith(_PART)]
            return sum(_marks(package, name) for name in names)
    except (*BROKEN, OSError):
        return 0


def _marks(package: ZipFile, name: str) -> int:
    found, left = 0, b""
    with package.open(name) as part:
        while block := part.read(_BLOCK):
            whole = left + block
            found += whole.count(_ROW)
            left = whole[-len(_ROW) + 1 :]
    return found
