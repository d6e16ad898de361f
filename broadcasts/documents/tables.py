"""Tables of a document: headings repeated on every page, rows never torn, numbers to the right."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from broadcasts.documents.form import Form
from broadcasts.documents.markup import (
    cell_padding,
    keep_whole,
    repeat_on_every_page,
    shade,
    table_borders,
)
from broadcasts.documents.numbers import cell_text
from broadcasts.documents.records import Align, Cell, Table
from broadcasts.documents.setting import add, fix_widths, text_width

ALIGNED: Final = {Align.TEXT: "left", Align.CENTRED: "center", Align.NUMBER: "right"}


def write_table(document: Document, table: Table, form: Form) -> None:
    """Write a table as wide as the text, its caption above it."""
    if table.caption:
        caption = add(document, table.caption, form.styles["caption"])
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.space_before = Pt(form.body.between.chosen)
        caption.paragraph_format.space_after = Pt(form.table.row_gap)
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
    table_borders(made, form.table.border)
    cell_padding(made, form.table.padding)
    fix_widths(made, _widths(table, form))
    cells = made._cells  # noqa: SLF001  (row.cells walks the whole table for each row)
    across = len(table.columns)
    _headings(cells[:across], table, form)
    for number, row in enumerate(table.rows, start=1):
        _row(cells[number * across : (number + 1) * across], row, table, form)
    if table.totals:
        _embolden(cells[-across:])
    for row in made.rows:
        keep_whole(row)
    repeat_on_every_page(made.rows[0])


def _headings(cells: list[_Cell], table: Table, form: Form) -> None:
    for cell, column in zip(cells, table.columns, strict=True):
        heading = add(cell, column.heading, form.styles["table_head"])
        heading.paragraph_format.keep_with_next = True
        _spaced(heading, form)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        shade(cell, form.table.header_shade)


def _row(cells: list[_Cell], row: tuple[Cell, ...], table: Table, form: Form) -> None:
    for cell, column, value in zip(cells, table.columns, row, strict=True):
        style = replace(form.styles["table_cell"], align=ALIGNED[column.align])
        _spaced(add(cell, cell_text(value, column.places), style), form)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _spaced(paragraph: Paragraph, form: Form) -> None:
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(form.table.row_gap)


def _embolden(cells: list[_Cell]) -> None:
    for cell in cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True


def _widths(table: Table, form: Form) -> tuple[float, ...]:
    """Share the width of the text, but give each column room for its longest word."""
    needed = [_needed(table, place, form) for place in range(len(table.columns))]
    shares = [column.width for column in table.columns]
    narrow: set[int] = set()
    while True:
        room = form.page.text_width - sum(needed[place] for place in narrow)
        whole = sum(share for place, share in enumerate(shares) if place not in narrow)
        widths = [
            needed[place] if place in narrow else room * share / whole
            for place, share in enumerate(shares)
        ]
        tight = {place for place, width in enumerate(widths) if width < needed[place]} - narrow
        if not tight or len(narrow | tight) == len(shares):
            return tuple(widths)
        narrow |= tight


def _needed(table: Table, place: int, form: Form) -> float:
    column = table.columns[place]
    words = column.heading.split()
    if column.align is not Align.TEXT:
        shown = (cell_text(row[place], column.places) for row in table.rows)
        words += [word for text in shown for word in text.split()]
    style = form.styles["table_head"]
    longest = max((text_width(word, style, form) for word in words), default=0)
    return longest + 2 * form.table.padding
