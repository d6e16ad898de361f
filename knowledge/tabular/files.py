"""A file of any kind we read → its tables; and the kinds we write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from knowledge.tabular.delimited import read_delimited, write_delimited
from knowledge.tabular.gate import check
from knowledge.tabular.grid import Grid, UnreadableFile
from knowledge.tabular.spreadsheet import read_spreadsheet, write_spreadsheet
from knowledge.tabular.word import read_document

READERS: Final[Mapping[str, Callable[[Path], list[Grid]]]] = {
    ".xlsx": read_spreadsheet,
    ".csv": read_delimited,
    ".docx": read_document,
}
WRITERS: Final[Mapping[str, Callable[[Path, Sequence[str], Iterable[Sequence[str]]], None]]] = {
    ".xlsx": write_spreadsheet,
    ".csv": write_delimited,
}


def read_grids(path: Path) -> list[Grid]:
    """Read the tables of a file.

    Raises:
        UnreadableFile: it cannot be used; the message says what to do.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnreadableFile(f"{path.name}: chỉ đọc được tệp {', '.join(READERS)}")
    check(path)
    return reader(path)


def write_table(path: Path, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write one table.

    Raises:
        UnreadableFile: no such kind of file, or a cell too long for it.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UnreadableFile(f"{path.name}: chỉ ghi được tệp {', '.join(WRITERS)}")
    writer(path, headings, lines)
