"""A list as a spreadsheet: the rows of the screen, and on a second sheet what was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from bot.clock import VIETNAM
from bot.console.formats import number
from bot.console.sheet_charts import chart_sheet
from bot.console.words import say
from broadcasts.documents.records import Chart
from knowledge.models import Procedure
from knowledge.office_table import write_procedures
from knowledge.tabular.formulas import guarded
from knowledge.tabular.spreadsheet import LONGEST_CELL

MOST_ROWS: Final = 50_000
WIDTH: Final = 24
# What a spreadsheet takes as the name of a sheet.
LONGEST_NAME: Final = 31
DAY_FORMAT: Final = "dd/mm/yyyy"
MOMENT_FORMAT: Final = "dd/mm/yyyy hh:mm"
# The sign between thousands is the one of who opens the file: a dot in Vietnamese.
NUMBER_FORMAT: Final = "#,##0"
TENTHS_FORMAT: Final = "#,##0.0"
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")


class Called(int):
    """A number by which something is called, such as the one of a row: no sign parts it."""


Value = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table to be written: texts, numbers, days and aware moments under their headings.

    A ``Decimal`` shows one place. ``title`` may be any words; the sheet is called by as much of
    them as a spreadsheet takes.
    ``conditions`` tell which rows these are: the filter, the office, who took them and when.
    Each of ``charts`` has a sheet of its own, with its figures, and so has each table of ``more``,
    whose conditions and charts are the book's.
    """

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    conditions: Sequence[tuple[str, str]] = ()
    charts: Sequence[Chart] = ()
    more: Sequence[Sheet] = ()


def cards_table(procedures: Sequence[Procedure]) -> bytes:
    """Give the .xlsx file of ``procedures`` that an import reads back; made in a thread, too."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "the.xlsx"
        write_procedures(file, procedures)
        return file.read_bytes()


def written(sheet: Sheet) -> bytes:
    """Write the book; takes its time, so pages do it in a thread."""
    book = Workbook(write_only=True)
    _table(book.create_sheet(_name(sheet.title)), sheet)
    for chart in sheet.charts:
        chart_sheet(book.create_sheet(_name(chart.title)), chart, _text)
    for one in sheet.more:
        _table(book.create_sheet(_name(one.title)), one)
    if sheet.conditions:
        conditions = book.create_sheet(say("look.conditions"))
        for pair in sheet.conditions:
            conditions.append([_text(conditions, text) for text in pair])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _name(title: str) -> str:
    """Give a title as a sheet may be called; some signs and more than 31 of them are refused."""
    plain = INVALID_TITLE_REGEX.sub(" ", ILLEGAL_CHARACTERS_RE.sub("", title)).strip("' ")
    return plain[:LONGEST_NAME].strip("' ") or say("look.table")


def _table(sheet: Any, of: Sheet) -> None:  # noqa: ANN401 - the stubs call it a Worksheet
    headings, rows = of.headings, list(islice(of.rows, MOST_ROWS + 1))
    shown = rows[:MOST_ROWS]
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(headings))
    sheet.auto_filter.ref = f"A1:{last}{len(shown) + 1}"
    for place in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTH
    top = [_text(sheet, heading) for heading in headings]
    for cell in top:
        cell.font = Font(bold=True)
    sheet.append(top)
    columns = [_Column(sheet) for _ in headings]
    for row in shown:
        sheet.append([column.cell(value) for column, value in zip(columns, row, strict=False)])
    if len(rows) > len(shown):
        sheet.append([_text(sheet, say("lists.cut", rows=number(MOST_ROWS)))])


class _Column:
    """One cell of each kind for all rows of a column: styling takes longer than writing."""

    def __init__(self, sheet: Any) -> None:  # noqa: ANN401 - as above
        self._words = _text(sheet, "")
        self._day = _formed(sheet, DAY_FORMAT)
        self._moment = _formed(sheet, MOMENT_FORMAT)
        self._number = _formed(sheet, NUMBER_FORMAT)
        self._tenths = _formed(sheet, TENTHS_FORMAT)

    def cell(self, value: Value) -> Any:  # noqa: ANN401 - as above
        """Give a cell of the value's kind, good until the next row is asked for."""
        if isinstance(value, str):
            return _written(self._words, value)
        if isinstance(value, datetime):
            # A spreadsheet knows no zones: it shows the office's clock.
            self._moment.value = value.astimezone(VIETNAM).replace(tzinfo=None)
            return self._moment
        if isinstance(value, date):
            self._day.value = value
            return self._day
        if isinstance(value, int) and not isinstance(value, Called):
            self._number.value = value
            return self._number
        if isinstance(value, Decimal):
            self._tenths.value = value
            return self._tenths
        return value


def _text(sheet: Any, text: str) -> Any:  # noqa: ANN401 - as above
    cell = WriteOnlyCell(sheet)
    cell.alignment = WRAPPED
    return _written(cell, text)


def _written(cell: Any, text: str) -> Any:  # noqa: ANN401 - as above
    """Fill the cell; no text in it is ever run as a formula."""
    cell.value = _fitting(text)
    cell.data_type = "s"
    return cell


def _formed(sheet: Any, form: str) -> Any:  # noqa: ANN401 - as above
    cell = WriteOnlyCell(sheet)
    cell.number_format = form
    return cell


def _fitting(text: str) -> str:
    told = guarded(ILLEGAL_CHARACTERS_RE.sub("", text))
    return told if len(told) <= LONGEST_CELL else f"{told[: LONGEST_CELL - 1]}…"
