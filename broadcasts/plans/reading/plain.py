"""Plain text: paragraphs in lines, tables with tabs between their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Final

from broadcasts.plans.document import Block, Cell, Document, Paragraph, Row, Table, clean
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.reading.flowing import flowed
from broadcasts.plans.reading.limits import MOST_COLUMNS, Tally

_MARKUP: Final = re.compile(
    r"</?[a-z]{1,6}/?>|\*\*|^#{1,6}\s+|(?<!\w)\*(?=[^\s*])|(?<=[^\s*])\*(?!\w)"
)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_TAB: Final = "\t"


@dataclass(slots=True, kw_only=True)
class _Counted:
    """How many paragraphs, tables and rows of the last table were seen."""

    tally: Tally
    paragraphs: int = 0
    tables: int = 0
    rows: int = 0
    blocks: list[Block] = field(default_factory=list)


def read_text(path: Path) -> Document:
    """Read a text file; lines with tabs are rows, a blank line between rows is a page's end.

    Raises:
        PlanUnreadable: it is no text in UTF-8 or UTF-16, or holds too much.
    """
    counted = _Counted(tally=Tally(path.name))
    for is_row, lines in _runs(_decoded(path)):
        if is_row:
            _table(counted, lines)
        else:
            _paragraphs(counted, lines)
    return Document(name=path.name, blocks=tuple(counted.blocks))


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        told = data.decode("utf-16" if data[:2] in _UTF16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise PlanUnreadable(
            f"{path.name}: không phải văn bản mã UTF-8. Hãy mở tệp và lưu lại với mã UTF-8."
        ) from None
    if "\0" in told:
        raise PlanUnreadable(
            f"{path.name}: đây không phải tệp văn bản. Hãy dùng tệp .docx, .pdf, .xlsx hoặc .txt."
        )
    return told.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


def _runs(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Give stretches of rows and of prose; each page's rows are a stretch."""
    for is_row, lines in groupby(text.split("\n"), key=lambda line: _TAB in line):
        yield is_row, list(lines)


def _table(counted: _Counted, lines: list[str]) -> None:
    if not counted.rows:
        counted.tables += 1
    name = f"bảng {counted.tables}"
    rows = []
    for line in lines:
        counted.rows += 1
        cells = tuple(Cell(text=_bare(text)) for text in line.split(_TAB)[:MOST_COLUMNS])
        counted.tally.row(cells)
        rows.append(Row(cells=cells, place=f"{name}, dòng {counted.rows}"))
    counted.blocks.append(Table(rows=tuple(rows), place=name))


def _paragraphs(counted: _Counted, lines: list[str]) -> None:
    for text in flowed(map(_bare, lines)):
        counted.rows = 0
        counted.paragraphs += 1
        counted.tally.paragraph(text)
        counted.blocks.append(Paragraph(text=text, place=f"đoạn {counted.paragraphs}"))


def _bare(text: str) -> str:
    """Give words without the signs by which a text was marked up."""
    return clean(_MARKUP.sub("", text))
