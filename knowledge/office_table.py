"""An office's table of procedures as a file: read into what it states, written from procedures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from knowledge.cells.codecs import codec_of
from knowledge.columns import columns
from knowledge.grid_reader import GridReader
from knowledge.models import Procedure
from knowledge.stated import TableReading
from knowledge.tabular.files import read_grids, write_table
from knowledge.tabular.formulas import guarded
from knowledge.tabular.grid import Grid, UnreadableFile
from knowledge.tabular.headings import unlike

SOURCE_PREFIX: Final = "source_"
# One or two may be questions without a blank behind them.
MOST_LOST: Final = 3
_LOST: Final = re.compile(r"[^\W\d_]\?[^\W\d_]")


def read_table(path: Path, *, seen: date) -> TableReading:
    """Read every table of a file; ``seen`` is the day it is read.

    Raises:
        UnreadableFile: the file cannot be used, or no table in it has headings we know.
    """
    reading = TableReading(file=path.name, seen=seen)
    reader = GridReader(path.name, reading)
    grids = read_grids(path)
    _refuse_lost_letters(path, grids)
    for grid in grids:
        reader.read(grid)
    if not reader.found_headings:
        if reading.faults:
            raise UnreadableFile(str(reading.faults[0]))
        first = (row.texts for grid in grids for row in grid.rows if len(row.texts) > 1)
        told = unlike(next(first, ()))
        raise UnreadableFile(f"{path.name}: không thấy dòng tiêu đề; {told}")
    return reading


def _refuse_lost_letters(path: Path, grids: Iterable[Grid]) -> None:
    """Refuse a file whose marked letters became “?” when it was saved in a foreign encoding."""
    texts = (text for grid in grids for row in grid.rows for text in row.texts)
    lost = sum(bool(_LOST.search(text)) for text in texts if "://" not in text)
    if lost > MOST_LOST:
        raise UnreadableFile(
            f"{path.name}: {lost} ô bị mất chữ thành dấu “?” vì lưu sai bảng mã;"
            " hãy mở bản gốc, lưu lại dạng .xlsx hoặc “CSV UTF-8” rồi nhập"
        )


def write_procedures(path: Path, procedures: Iterable[Procedure]) -> int:
    """Write procedures so that reading them back changes nothing; give their number."""
    names = list(columns().headings)
    lines = [
        [guarded(_cell(name, number, one)) for name in names]
        for number, one in enumerate(procedures, start=1)
    ]
    write_table(path, list(columns().headings.values()), lines)
    return len(lines)


def _cell(name: str, number: int, procedure: Procedure) -> str:
    if name == "number":
        return str(number)
    if name.startswith(SOURCE_PREFIX):
        value = getattr(procedure.source, name.removeprefix(SOURCE_PREFIX))
    else:
        value = getattr(procedure, name)
    return codec_of(name).write(value) if value or isinstance(value, bool) else ""
