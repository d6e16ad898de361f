"""Tables in .csv files: any encoding Vietnamese offices use, comma, semicolon or tab."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Final

from knowledge.columns import columns
from knowledge.tabular.grid import Grid, Row, UnreadableFile, clean

ENCODINGS: Final = ("utf-8-sig", "cp1258")
DELIMITERS: Final = ",;\t"
SAMPLE: Final = 20
MOST_ROWS: Final = 50_000
OLD_FONT: Final = (
    "tệp gõ bằng phông chữ cũ (TCVN3 .VnTime, VNI…) nên không đọc được dấu tiếng Việt; "
    "hãy chuyển sang Unicode (ví dụ bằng UniKey: Ctrl+Shift+F6) rồi lưu lại dạng “CSV UTF-8”"
)
_TONES: Final = set("\u0300\u0301\u0303\u0309\u0323")
_SHAPES: Final = {
    "a": {"\u0302", "\u0306"}, "e": {"\u0302"}, "o": {"\u0302", "\u031b"}, "u": {"\u031b"},
}  # fmt: skip
# Signs that begin or go on a word only in such fonts, and a marked capital behind a small letter.
_DRAWN: Final = re.compile(
    r"[¡¢£¤¥¦¨ª¬®¯±µ¶¸¹](?=[^\W\d_])|(?<=[^\W\d_])[¡¢£¤¥¦§¨ª«¬¯±µ¶·¸¹¼½¾¿]|(?<=[a-zđ])[À-ÖØ-Þ]"
)


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
        if encoding == "cp1258" and _in_old_font(unicodedata.normalize("NFC", text)):
            raise UnreadableFile(f"{path.name}: {OLD_FONT}")
        return text
    raise UnreadableFile(f"{path.name}: bảng mã lạ; hãy lưu lại dạng “CSV UTF-8”")


def _is_vietnamese(letter: str) -> bool:
    base, *marks = list(unicodedata.normalize("NFD", letter.lower()))
    if base == "đ" or (base.isascii() and not marks):
        return True
    return base in "aeiouy" and {*marks} <= _TONES | _SHAPES.get(base, set())


def _in_old_font(text: str) -> bool:
    """Tell text whose letters only an old font draws (TCVN3, VNI, VISCII), or broken UTF-8."""
    return any(map(_DRAWN.search, text.splitlines())) or not all(
        _is_vietnamese(letter) for letter in set(text) if letter.isalpha()
    )


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
