"""Lists of who receives news, as .csv files: read row by row, every fault named, and written.

Headings are English or Vietnamese, in any order; the sign between cells is a comma, a semicolon
or a tab. A file is read once from its beginning, so that a long one needs no more memory.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from bot.errors import CannotBegin
from broadcasts.models import ReaderKind
from broadcasts.reading import topics
from broadcasts.routes import WAYS_OF, ZALO
from knowledge.tabular.formulas import guarded, unguarded
from knowledge.text import fold

COLUMNS: Final = ("channel", "address", "office", "kind", "topics")
HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": ("channel", "kênh"),
    "address": ("address", "địa chỉ", "mã người nhận"),
    "office": ("office", "cơ quan", "mã cơ quan"),
    "kind": ("kind", "đối tượng", "loại người nhận"),
    "topics": ("topics", "chủ đề", "loại tin"),
}
NAMES: Final = {column: words[1] for column, words in HEADINGS.items()}
KINDS: Final = {
    **{fold(kind): kind for kind in ReaderKind},
    "nguoi dan": ReaderKind.CITIZEN,
    "can bo": ReaderKind.OFFICIAL,
}
DELIMITERS: Final = (",", ";", "\t")
SEPARATOR: Final = ";"
LONGEST: Final = 160
MOST_NAMED: Final = 5
# A user's id of Zalo counts within one account, and the row's office has none.
NO_ACCOUNT: Final = (
    "cơ quan ở dòng này chưa nối Trang Zalo nên không rõ mã thuộc Trang nào; hãy ghi "
    "“mã Trang:mã người dùng”, hoặc nối Trang rồi đưa lại danh sách"
)
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,18}")
_SHORTENED: Final = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+?[0-9]+")


class UnreadableList(CannotBegin):
    """The file is no list of readers at all; the message says what to do."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """One thing that cannot be used: in which row, under which heading, and why."""

    row: int
    column: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderRow:
    """One row that can be used; ``topics`` are ``None`` when the file says nothing of them."""

    row: int
    channel: str
    address: str
    office: str
    kind: ReaderKind
    topics: tuple[str, ...] | None


def read_readers(path: Path, offices: Collection[str]) -> Iterator[ReaderRow | list[RowFault]]:
    """Give each row of a list, or what is wrong with it; ``offices`` are the known codes.

    Raises:
        UnreadableList: it is not there, is no text in UTF-8, or its headings are not ours.
    """
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            yield from _rows(path, file, offices)
    except UnicodeDecodeError as error:
        raise UnreadableList(
            f"{path.name}: bảng mã lạ; hãy mở bằng Excel rồi lưu lại dạng “CSV UTF-8”"
        ) from error
    except csv.Error as error:
        raise UnreadableList(
            f"{path.name}: tệp hỏng, có ô quá dài hoặc thiếu dấu ngoặc kép đóng; hãy sửa lại"
        ) from error
    except OSError as error:
        raise UnreadableList(f"{path}: không mở được tệp này") from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(2)
    return "utf-16" if start in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _rows(
    path: Path, lines: Iterable[str], offices: Collection[str]
) -> Iterator[ReaderRow | list[RowFault]]:
    source = iter(lines)
    first = next(source, "")
    delimiter = max(DELIMITERS, key=lambda sign: (len(_places(first, sign)), first.count(sign)))
    places = _places(first, delimiter)
    missing = [NAMES[name] for name in COLUMNS[:4] if name not in places]
    if missing:
        raise UnreadableList(
            f"{path.name}, dòng 1: thiếu cột {', '.join(missing)}. Dòng đầu cần các tên cột: "
            f"{', '.join(COLUMNS)} (hoặc {', '.join(NAMES.values())})"
        )
    reading = _Reading(
        places=places, delimiter=delimiter, offices=frozenset(offices), known=_some(offices)
    )
    records = csv.reader(source, delimiter=delimiter)
    for record in records:
        if any(map(str.strip, record)):
            yield reading.row(records.line_num + 1, record)


def _places(line: str, delimiter: str) -> dict[str, int]:
    """Give where each column stands by a first line."""
    known = {fold(word): column for column, words in HEADINGS.items() for word in words}
    heads = next(csv.reader([line], delimiter=delimiter), [])
    named = ((known.get(" ".join(fold(head).split())), place) for place, head in enumerate(heads))
    return {column: place for column, place in named if column}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    places: Mapping[str, int]
    delimiter: str
    offices: frozenset[str]
    known: str

    def row(self, number: int, record: Sequence[str]) -> ReaderRow | list[RowFault]:
        faults: list[RowFault] = []

        def cell(column: str, read: Callable[[str], str]) -> str:
            told = self._cell(record, column)
            try:
                return read(told)
            except ValueError as fault:
                faults.append(RowFault(number, NAMES[column], str(fault)))
                return ""

        channel = cell("channel", _channel)
        address = cell("address", lambda said: _address(channel, said))
        office = cell("office", self._office)
        kind = cell("kind", _kind)
        chosen = cell("topics", _topics) if "topics" in self.places else None
        if faults:
            return faults
        return ReaderRow(
            row=number,
            channel=channel,
            address=address,
            office=office,
            kind=ReaderKind(kind),
            topics=None if chosen is None else tuple(filter(None, chosen.split(SEPARATOR))),
        )

    def _cell(self, record: Sequence[str], column: str) -> str:
        place = self.places[column]
        told = record[place] if place < len(record) else ""
        if column == "topics" and self.delimiter == SEPARATOR and place == len(self.places) - 1:
            # Nobody quotes the last cell where both signs are the same.
            told = SEPARATOR.join(record[place:])
        return unguarded(told.strip())

    def _office(self, said: str) -> str:
        if said not in self.offices:
            raise ValueError(f"không có cơ quan mang mã “{said}”; mã đang có: {self.known}")
        return said


def _some(offices: Collection[str]) -> str:
    more = "…" if len(offices) > MOST_NAMED else ""
    return ", ".join(sorted(offices)[:MOST_NAMED]) + more


def _channel(said: str) -> str:
    told = fold(said)
    if told not in WAYS_OF:
        raise ValueError(f"kênh “{said}” không có; dùng một trong: {', '.join(WAYS_OF)}")
    return told


def _address(channel: str, said: str) -> str:
    if not said:
        raise ValueError("còn trống; cần mã của người nhận trên kênh")
    if _SHORTENED.fullmatch(said):
        raise ValueError("Excel đã rút gọn số này; hãy định dạng cột là “Văn bản” rồi nhập lại số")
    # On Zalo a user's id counts within one account: alone, or behind the account's.
    if channel in {"telegram", ZALO} and not _NUMBER.fullmatch(_user(channel, said)):
        raise ValueError("mã trên kênh này chỉ gồm chữ số, không phải tên hay số điện thoại")
    if len(said) > LONGEST or not said.isprintable() or " " in said:
        raise ValueError("mã quá dài, có dấu cách hoặc xuống dòng")
    return said


def _user(channel: str, said: str) -> str:
    account, parted, user = said.partition(":")
    return user if channel == ZALO and parted and _NUMBER.fullmatch(account) else said


def _kind(said: str) -> str:
    kind = KINDS.get(" ".join(fold(said).split()))
    if kind is None:
        raise ValueError(f"“{said}” chưa rõ; ghi “người dân” hoặc “cán bộ”")
    return kind


def _topics(said: str) -> str:
    """Give the codes of topics told by code or name, each once."""
    known = _known_topics()
    found: dict[str, None] = {}
    for one in said.split(SEPARATOR):
        name = " ".join(fold(one).split())
        if name and name not in known:
            raise ValueError(
                f"không có loại tin “{one.strip()}”; dùng: {', '.join(t.code for t in topics())}"
            )
        if name:
            found[known[name]] = None
    return SEPARATOR.join(found)


@cache
def _known_topics() -> Mapping[str, str]:
    return {fold(name): one.code for one in topics() for name in (one.code, one.label)}


def write_readers(path: Path, rows: Iterable[Sequence[str]], *, overwrite: bool = False) -> int:
    """Write a list that Excel opens and runs nothing of, readable by its owner alone.

    Gives how many rows; a list that is only half written is taken away.

    Raises:
        FileExistsError: there is such a file, and it is not to be written over.
    """
    if path.exists() and not overwrite:
        raise FileExistsError(path)
    part = path.with_name(f".{path.name}.part")
    part.touch(mode=0o600)
    count = 0
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(COLUMNS)
            for row in rows:
                writer.writerow(map(guarded, row))
                count += 1
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count
