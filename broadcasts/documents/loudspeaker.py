"""The announcer's sheet as a Word file: big letters, a sentence a row, a margin for notes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final, Self

from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row

from broadcasts.documents.form import Form, Style, shipped_form
from broadcasts.documents.markup import (
    cell_padding,
    keep_whole,
    repeat_on_every_page,
    shade,
    table_borders,
)
from broadcasts.documents.numbering import number_pages
from broadcasts.documents.properties import tell_of
from broadcasts.documents.setting import add, add_run, blank_sheet, fix_widths, saved
from broadcasts.speaking import Part, ScriptPage, Sentence

SHEET: Final = Path(__file__).parent / "data" / "loudspeaker.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How the sheet is set; widths and heights in millimetres, gaps in points."""

    styles: Mapping[str, Style]
    number_width: float
    notes_width: float
    lines: float
    gap: float
    row_height: float
    review_shade: str

    @classmethod
    def load(cls, file: Path = SHEET) -> Self:
        """Read the settings of a file, by default those shipped."""
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        styles = {name: Style.of(style) for name, style in told["styles"].items()}
        return cls(styles=styles, **told["page"])


def loudspeaker_docx(page: ScriptPage) -> bytes:
    """Write a script as .docx for whoever reads it out; what to look at first is marked."""
    form, sheet = shipped_form(), _shipped_sheet()
    document = blank_sheet(form)
    number_pages(document, form)
    _head(document, page, sheet)
    if page.review:
        _review(document, page, sheet, form)
    _sentences(document, page, sheet, form)
    _aired(document, page, sheet, form)
    title, author = f"{page.words.title}: {page.title}", page.head[0][1]
    tell_of(document, title=title, author=author, language=form.font.language)
    return saved(document)


def _head(document: Document, page: ScriptPage, sheet: Sheet) -> None:
    add(document, page.words.title, sheet.styles["title"])
    add(document, page.title, sheet.styles["news"])
    style = sheet.styles["head"]
    for label, value in page.head:
        line = add(document, f"{label}: ", replace(style, bold=True))
        add_run(line, value, style)
    document.paragraphs[-1].paragraph_format.space_after = Pt(sheet.gap)


def _review(document: Document, page: ScriptPage, sheet: Sheet, form: Form) -> None:
    table = _table(document, 1, (form.page.text_width,), form)
    cell = table.cell(0, 0)
    shade(cell, sheet.review_shade)
    add(cell, page.words.review, sheet.styles["review_title"])
    for line in page.review:
        add(cell, f"- {line}", sheet.styles["review"])
    document.add_paragraph()


def _sentences(document: Document, page: ScriptPage, sheet: Sheet, form: Form) -> None:
    sentences = page.script.sentences
    widths = (sheet.number_width, _sentence_width(sheet, form), sheet.notes_width)
    table = _table(document, 1 + len(sentences), widths, form)
    rows = list(table.rows)
    _write_headings(rows[0], ("", page.title, page.words.notes), sheet)
    for number, (row, sentence) in enumerate(zip(rows[1:], sentences, strict=True), start=1):
        told, said, _ = row.cells
        add(told, str(number), sheet.styles["number"])
        _write_sentence(said, sentence, sheet)
        keep_whole(row)


def _sentence_width(sheet: Sheet, form: Form) -> float:
    return form.page.text_width - sheet.number_width - sheet.notes_width


def _write_sentence(cell: _Cell, sentence: Sentence, sheet: Sheet) -> None:
    style = replace(sheet.styles["sentence"], bold=sentence.part is Part.TITLE)
    paragraph = add(cell, "", style)
    for words, doubtful in _marked(sentence):
        run = add_run(paragraph, words, style)
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW if doubtful else None
    shape = paragraph.paragraph_format
    shape.line_spacing = sheet.lines
    shape.space_before = shape.space_after = Pt(sheet.gap)


def _marked(sentence: Sentence) -> Iterator[tuple[str, bool]]:
    """Cut a sentence at what is doubtful; one read out in a doubtful way is doubtful whole."""
    found = [flag.found for flag in sentence.flags]
    if not all(one in sentence.text for one in found):
        yield sentence.text, True
        return
    doubtful = "|".join(re.escape(one) for one in sorted(found, key=len, reverse=True))
    pieces = re.split(f"({doubtful})", sentence.text) if found else [sentence.text]
    for place, piece in enumerate(pieces):
        if piece:
            yield piece, place % 2 == 1


def _aired(document: Document, page: ScriptPage, sheet: Sheet, form: Form) -> None:
    title = add(document, page.words.aired, sheet.styles["aired_title"])
    title.paragraph_format.space_before = Pt(form.head.gap_after)
    title.paragraph_format.keep_with_next = True
    headings = page.words.aired_columns
    widths = (form.page.text_width / len(headings),) * len(headings)
    table = _table(document, 1 + page.words.aired_rows, widths, form)
    rows = list(table.rows)
    _write_headings(rows[0], headings, sheet)
    for row in rows[1:]:
        row.height = Mm(sheet.row_height)
        keep_whole(row)


def _table(document: Document, rows: int, widths: tuple[float, ...], form: Form) -> Table:
    table: Table = document.add_table(rows=rows, cols=len(widths))
    table_borders(table, form.table.border)
    cell_padding(table, form.table.padding)
    fix_widths(table, widths)
    return table


def _write_headings(row: _Row, headings: tuple[str, ...], sheet: Sheet) -> None:
    for cell, heading in zip(row.cells, headings, strict=True):
        written = add(cell, heading, sheet.styles["column"])
        written.paragraph_format.keep_with_next = True
    repeat_on_every_page(row)
    keep_whole(row)


@cache
def _shipped_sheet() -> Sheet:
    return Sheet.load()
