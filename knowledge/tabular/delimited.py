"""Tables in .csv files: any encoding Vietnamese offices use, comma, semicolon or tab."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from knowledge.columns import columns
from knowledge.tabular.grid import MOST_ROWS, Grid, Row, UnreadableFile, clean
from knowledge.tabular.old_font import OLD_FONT, is_in_old_font

ENCODINGS: Final = ("utf-8-sig", "cp1258")
DELIMITERS: Final = ",;\t"
SAMPLE: Final = 20


def read_delimited(path: Path) -> list[Grid]:
    """Read the one table of a file.

    Raises:
        UnreadableFile: the encoding or the quoting is broken, or there are too many rows.
    """
    text = _decoded(path)
    if "\0" in text:
        raise UnreadableFile(f"{path.name}: đây không phải tệp văn bản .csv")
    try:
        lines = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise UnreadableFile(f"{path.name}: tệp .csv hỏng ({error})") from error
    if len(lines) > MOST_ROWS:
        raise UnreadableFile(f"{path.name}: quá nhiều dòng (tối đa {MOST_ROWS})")
    rows = (Row(number, tuple(map(clean, line))) for number, line in enumerate(lines, start=1))
    return [Grid(name="", rows=tuple(rows))]


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "cp1258" and is_in_old_font(unicodedata.normalize("NFC", text)):
            raise UnreadableFile(f"{path.name}: tệp {OLD_FONT} dạng “CSV UTF-8”")
        return text
    raise UnreadableFile(f"{path.name}: bảng mã lạ; hãy lưu lại dạng “CSV UTF-8”")


def _delimiter(text: str) -> str:
    """Give the sign that shows the most headings we know, else the most columns."""

    def shown(delimiter: str) -> tuple[int, int]:
        reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        lines = list(islice(reader, SAMPLE))
        known = (sum(bool(columns().field_of(clean(cell))) for cell in line) for line in lines)
        return max(known, default=0), max(map(len, lines), default=0)

    return max(DELIMITERS, key=shown)


def write_delimited(path: Path, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write a table that Excel opens with its marks intact."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(lines)
