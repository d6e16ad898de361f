"""Word documents: paragraphs and tables in their order, numbers and merged cells worked out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError

from broadcasts.plans.document import Block, Cell, Document, Paragraph, Row, Span, Table, clean
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.reading.flowing import flowed_blocks
from broadcasts.plans.reading.limits import MOST_COLUMNS, Tally
from broadcasts.plans.reading.numbering import Numbering, numbering_of
from broadcasts.plans.reading.word_text import W, text_of

# A SyntaxError here is lxml's, about the document's XML.
BROKEN: Final = (
    PackageNotFoundError, SyntaxError, BadZipFile, LookupError, ValueError, AttributeError,
    TypeError, RecursionError, OSError, EOFError,
)  # fmt: skip
_WRAPPERS: Final = frozenset(
    W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag")
)


def read_word(path: Path) -> Document:
    """Read a .docx file.

    Raises:
        PlanUnreadable: the file is broken or holds too much.
    """
    try:
        package = docx.Document(str(path))
        reading = _Reading(Tally(path.name), numbering_of(package))
        blocks = flowed_blocks(reading.blocks(package.element.body))
    except BROKEN as error:
        raise PlanUnreadable(
            f"{path.name}: tệp hỏng. Hãy mở bằng Word, lưu lại rồi nhập lại."
        ) from error
    return Document(name=path.name, blocks=blocks)


class _Reading:
    """The walk through one document."""

    def __init__(self, tally: Tally, numbering: Numbering) -> None:
        self._tally = tally
        self._numbering = numbering
        self._paragraphs = self._tables = 0

    def blocks(self, body: Any) -> Iterator[Block]:  # noqa: ANN401 - an XML element
        for element in _unwrapped(body):
            if element.tag == f"{W}tbl":
                yield self._table(element)
            elif element.tag == f"{W}p":
                yield from self._lines(element)

    def _lines(self, element: Any) -> Iterator[Paragraph]:  # noqa: ANN401
        """Give a paragraph; line breaks within part the lines of a head."""
        for line in filter(None, self._text(element).split("\n")):
            self._paragraphs += 1
            self._tally.paragraph(line)
            yield Paragraph(text=line, place=f"đoạn {self._paragraphs}")

    def _text(self, element: Any) -> str:  # noqa: ANN401
        words = clean(text_of(element))
        label = self._numbering.label(element) if words or _is_in_cell(element) else ""
        return f"{label} {words}".strip()

    def _table(self, element: Any) -> Table:  # noqa: ANN401
        self._tables += 1
        name = f"bảng {self._tables}"
        above: list[Cell] = []
        rows = []
        for number, row in enumerate(_rows(element), 1):
            line = self._row(row, above)
            above = line
            self._tally.row(line)
            rows.append(Row(cells=tuple(line), place=f"{name}, dòng {number}"))
        return Table(rows=tuple(rows), place=name)

    def _row(self, row: Any, above: list[Cell]) -> list[Cell]:  # noqa: ANN401
        line = [Cell(text="")] * min(row.grid_before, MOST_COLUMNS)
        for cell in (one for one in _unwrapped(row) if one.tag == f"{W}tc"):
            width = min(cell.grid_span, MOST_COLUMNS - len(line))
            if width < 1:
                break
            if cell.vMerge == "continue":
                place = len(line)
                told = above[place].text if place < len(above) else ""
                line += [Cell(text=told, span=Span.ABOVE)] * width
            else:
                told = self._cell(cell)
                line += [Cell(text=told), *[Cell(text=told, span=Span.LEFT)] * (width - 1)]
        return line

    def _cell(self, cell: Any) -> str:  # noqa: ANN401
        return clean("\n".join(self._text(words) for words in cell.iter(f"{W}p")))


def _unwrapped(parent: Any) -> Iterator[Any]:  # noqa: ANN401
    """Give what stands in an element, also within content controls and tracked insertions."""
    for element in parent:
        if element.tag in _WRAPPERS:
            yield from _unwrapped(element)
        else:
            yield element


def _rows(table: Any) -> Iterator[Any]:  # noqa: ANN401
    return (one for one in _unwrapped(table) if one.tag == f"{W}tr")


def _is_in_cell(element: Any) -> bool:  # noqa: ANN401
    """An empty paragraph with a number is how Word numbers the rows of a table."""
    parent = element.getparent()
    return parent is not None and parent.tag == f"{W}tc"
