"""PDF files: words and lines of each page put together again as paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import inf
from pathlib import Path
from typing import Any, Final

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException

from broadcasts.plans.document import Block, Document, Paragraph, Row, Table, clean
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.reading.flowing import goes_on
from broadcasts.plans.reading.limits import MOST_COLUMNS, Tally
from broadcasts.plans.reading.pdf_lines import lines_of, paragraphs_of
from broadcasts.plans.reading.pdf_tables import Drawn, is_within, tables_of

MOST_PAGES: Final = 120
MOST_WORDS: Final = 6_000
MOST_EDGES: Final = 6_000
FEWEST_LETTERS: Final = 30
_NUMBER: Final = re.compile(r"[-–\s]*\d{1,3}[-–\s]*")


def read_pdf(path: Path) -> Document:
    """Read a PDF that holds text; see ``apart`` for files one has not made oneself.

    Raises:
        PlanUnreadable: it is locked, scanned, broken or holds too much.
    """
    try:
        with pdfplumber.open(path) as file:
            blocks = _Reading(path.name).blocks(file)
    except PdfminerException as error:
        locked = any(isinstance(one, PDFPasswordIncorrect) for one in error.args)
        raise PlanUnreadable(_locked(path) if locked else _broken(path)) from error
    except PlanUnreadable:
        raise
    except Exception as error:  # the library lets whatever a broken file causes through
        raise PlanUnreadable(_broken(path)) from error
    return Document(name=path.name, blocks=blocks)


def _locked(path: Path) -> str:
    return f"{path.name}: tệp PDF có mật khẩu. Hãy bỏ mật khẩu (in ra PDF mới) rồi nhập lại."


def _broken(path: Path) -> str:
    return f"{path.name}: tệp PDF hỏng hoặc lạ. Hãy mở, in ra PDF mới rồi nhập lại."


class _Reading:
    """The walk through the pages of one file."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tally = Tally(name)
        self._paragraphs = self._tables = self._rows = 0
        # The edges of the text on all pages so far; a page may hold but a few short lines.
        self._left, self._right = inf, 0.0
        self._drawn: Drawn | None = None
        self._blocks: list[Block] = []

    def blocks(self, file: Any) -> tuple[Block, ...]:  # noqa: ANN401 - the library has no types
        if len(file.pages) > MOST_PAGES:
            raise PlanUnreadable(
                f"{self._name}: tệp có {len(file.pages)} trang, nhiều hơn {MOST_PAGES}. "
                "Hãy tách riêng phần kế hoạch rồi nhập lại."
            )
        letters = 0
        for number, page in enumerate(file.pages, 1):
            letters += len(page.chars)
            self._page(number, page)
            page.close()
        if letters < FEWEST_LETTERS:
            raise PlanUnreadable(
                f"{self._name}: tệp PDF là ảnh quét, không có chữ để đọc. Hãy dùng tệp Word "
                "(.docx) gốc, hoặc nhận dạng chữ (OCR) thành tệp có chữ rồi nhập lại."
            )
        return tuple(self._blocks)

    def _page(self, number: int, page: Any) -> None:  # noqa: ANN401
        words = page.extract_words(x_tolerance=2, y_tolerance=3, keep_blank_chars=False)
        if len(words) > MOST_WORDS or len(page.edges) > MOST_EDGES:
            raise PlanUnreadable(
                f"{self._name}: trang {number} có quá nhiều chữ hoặc đường kẻ. "
                "Hãy dùng tệp Word (.docx) gốc."
            )
        self._left = min([self._left, *(word["x0"] for word in words)])
        self._right = max([self._right, *(word["x1"] for word in words)])
        drawn = sorted(tables_of(page, words, self._drawn), key=lambda one: one.box[1])
        free = [word for word in words if not any(is_within(word, one.box) for one in drawn)]
        top = 0.0
        for table in drawn:
            self._prose(number, [word for word in free if top <= word["top"] < table.box[1]])
            self._table(number, table)
            top = table.box[1]
        self._prose(number, [word for word in free if word["top"] >= top])

    def _prose(self, number: int, words: list[Any]) -> None:
        width = self._right - self._left
        for text in map(clean, paragraphs_of(lines_of(words), width=width)):
            if not _NUMBER.fullmatch(text):
                self._rows = 0
            last = self._blocks[-1] if self._blocks else None
            if isinstance(last, Paragraph) and last.page != number and goes_on(last.text, text):
                joined = Paragraph(text=f"{last.text} {text}", place=last.place, page=number)
                self._blocks[-1] = joined
                continue
            self._paragraphs += 1
            self._tally.paragraph(text)
            place = f"trang {number}, đoạn {self._paragraphs}"
            if not _NUMBER.fullmatch(text):
                self._blocks.append(Paragraph(text=text, place=place, page=number))

    def _table(self, number: int, drawn: Drawn) -> None:
        if not self._rows:
            self._tables += 1
        self._drawn = drawn
        name = f"bảng {self._tables}"
        rows = tuple(self._lines(number, name, drawn))
        self._blocks.append(Table(rows=rows, place=f"trang {number}, {name}"))

    def _lines(self, number: int, name: str, drawn: Drawn) -> Iterator[Row]:
        for cells in drawn.rows:
            self._rows += 1
            told = cells[:MOST_COLUMNS]
            self._tally.row(told)
            yield Row(cells=told, place=f"trang {number}, {name}, dòng {self._rows}")
