"""Tables in .csv files: any encoding Vietnamese offices use, comma, semicolon or tab."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from knowledge.columns import columns
from knowledge.tabular.grid import Grid, UnreadableFile, clean
from knowledge.tabular.layout import MOST_CELLS, MOST_COLUMNS, REMEDY, laid_out
from knowledge.tabular.old_font import OLD_FONT, is_in_old_font

ENCODINGS: Final = ("utf-8-sig", "cp1258")
DELIMITERS: Final = ",;\t"
SAMPLE: Final = 20
# Excel writes a sign for each of its 16,384 columns; a text within quotes may hold more of them.
MOST_SIGNS: Final = 20_000
BROKEN: Final = (
    "tệp .csv hỏng, có ô quá dài hoặc thiếu dấu ngoặc kép đóng; "
    "hãy mở bằng Excel, sửa rồi lưu lại dạng “CSV UTF-8” hoặc .xlsx"
)


class _TooMuchError(Exception):
    """The text makes more cells than any table has; the message says which."""


def read_delimited(path: Path) -> list[Grid]:
    """Read the one table of a file.

    Raises:
        UnreadableFile: the encoding or the quoting is broken, or it holds too much.
    """
    text = _decoded(path)
    if "\0" in text:
        raise UnreadableFile(f"{path.name}: đây không phải tệp văn bản .csv")
    try:
        texts = _texts(_records(text, _delimiter(text)))
    except csv.Error as error:
        raise UnreadableFile(f"{path.name}: {BROKEN}") from error
    except _TooMuchError as error:
        raise UnreadableFile(f"{path.name}: {error}; {REMEDY}") from error
    return [laid_out(f"{path.name}: bảng", "", texts)]


def _texts(records: Iterable[Sequence[str]]) -> dict[int, dict[int, str]]:
    """Give the cells that hold something, by row and column.

    Raises:
        _TooMuchError: more of them than any table has.
    """
    texts: dict[int, dict[int, str]] = {}
    filled = 0
    for number, record in enumerate(records, start=1):
        if not any(record):
            continue
        told = [(column, text) for column, text in enumerate(record, start=1) if text]
        filled += len(told)
        if filled > MOST_CELLS:
            raise _TooMuchError(f"có quá nhiều ô (tối đa {MOST_CELLS})")
        line = {column: said for column, text in told if (said := clean(text))}
        if line:
            texts[number] = line
    return texts


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Give the records, each looked at before the library makes cells of it.

    Raises:
        _TooMuchError: a record is wider than any table.
        csv.Error: a cell has no end.
    """
    signs = 0

    def lines() -> Iterator[str]:
        nonlocal signs
        for line in StringIO(text, newline=""):
            signs += line.count(delimiter)
            if signs > MOST_SIGNS:
                raise _TooMuchError(f"một dòng có quá nhiều dấu ngăn ô (tối đa {MOST_SIGNS})")
            yield line

    for record in csv.reader(lines(), delimiter=delimiter):
        signs = 0
        yield record


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
        lines: list[list[str]] = []
        # What a wrong sign makes of a sound file may well be broken; what came before counts.
        with suppress(csv.Error, _TooMuchError):
            lines.extend(islice(_records(text, delimiter), SAMPLE))
        known = (sum(map(_is_heading, islice(filter(None, line), MOST_COLUMNS))) for line in lines)
        return max(known, default=0), max(map(len, lines), default=0)

    return max(DELIMITERS, key=shown)


def _is_heading(cell: str) -> bool:
    return bool(columns().field_of(clean(cell)))


def write_delimited(path: Path, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write a table that Excel opens with its marks intact."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(lines)
