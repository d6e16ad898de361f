"""Tables in .csv files: any encoding Vietnamese offices use, comma, semicolon or tab."""

from __future__ import annotations

import csv
import re
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
# Excel reads such a first line and does not show it.
_TOLD: Final = re.compile(r'"?sep=([,;|\t])"?[,;|\t]*\r?\n', re.IGNORECASE)
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
        told, text = _told_first(text)
        texts = _texts(_records(text, told or _delimiter(text)))
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


def _told_first(text: str) -> tuple[str, str]:
    """Give the separator that a first line like “sep=;” tells, and the text behind that line."""
    told = _TOLD.match(text)
    return (told[1], text[told.end() :]) if told else ("", text)


def _delimiter(text: str) -> str:
    """Give the sign that makes the headings we know and rows as wide as they are.

    A heading or an amount may itself hold commas, so what a sign merely parts says little.
    """
    return max(DELIMITERS, key=lambda sign: _made_by(sign, text))


def _made_by(delimiter: str, text: str) -> tuple[int, int, int, int]:
    """Give what a sign makes: headings as we write them, nearly so, even rows, columns."""
    lines: list[list[str]] = []
    # What a wrong sign makes of a sound file may well be broken; what came before counts.
    with suppress(csv.Error, _TooMuchError):
        lines.extend(islice(_records(text, delimiter), SAMPLE))
    known = [(*_headings_in(line), len(line)) for line in lines]
    exact, nearly, width = max(known, default=(0, 0, 0))
    even = sum(len(line) == width for line in lines) if width > 1 else 0
    return exact, nearly, even, width


def _headings_in(line: Sequence[str]) -> tuple[int, int]:
    """Count the headings of ours: those written so, and those alike."""
    cells = [clean(cell) for cell in islice(filter(None, line), MOST_COLUMNS)]
    return sum(map(columns().is_heading, cells)), sum(map(bool, map(columns().field_of, cells)))


def write_delimited(path: Path, headings: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """Write a table that Excel opens with its marks intact."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(lines)
