"""Tables in .docx files, such as the annexes of a decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.tabular.grid import Grid, Row, UnreadableFile, clean

# A SyntaxError here is lxml's, about the document's XML.
BROKEN: Final = (PackageNotFoundError, SyntaxError, BadZipFile, KeyError, ValueError)
MOST_COLUMNS: Final = 100


def read_document(path: Path) -> list[Grid]:
    """Read every table with the words that stand between it and the table before.

    Raises:
        UnreadableFile: the file is broken.
    """
    try:
        body = docx.Document(str(path)).iter_inner_content()
        return list(_grids(body))
    except BROKEN as error:
        raise UnreadableFile(f"{path.name}: tệp hỏng, hãy mở và lưu lại ({error})") from error


def _grids(body: Iterator[Paragraph | Table]) -> Iterator[Grid]:
    words: list[str] = []
    found = 0
    for block in body:
        if isinstance(block, Paragraph):
            words.append(clean(block.text))
            continue
        found += 1
        caption = tuple(filter(None, words))
        yield Grid(name=f"bảng {found}", rows=tuple(_rows(block)), caption=caption)
        words = []


def _rows(table: Table) -> Iterator[Row]:
    above: list[str] = []
    for number, row in enumerate(table._tbl.tr_lst, start=1):  # noqa: SLF001 - the public walk is quadratic
        line = [""] * min(row.grid_before, MOST_COLUMNS)
        inherited: set[int] = set()
        for cell in row.tc_lst:
            place = len(line)
            columns = range(place, min(place + cell.grid_span, MOST_COLUMNS))
            if cell.vMerge == "continue":
                inherited.update(columns)
                line += [above[place] if place < len(above) else ""] * len(columns)
            else:
                line += [_text(cell)] * len(columns)
        above = line
        yield Row(number, tuple(line), frozenset(inherited))


def _text(cell: Any) -> str:  # noqa: ANN401 - an XML element
    return clean("\n".join(Paragraph(words, cell).text for words in cell.p_lst))
