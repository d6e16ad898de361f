"""A file of any kind we read → its tables; and the kinds we write."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
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
BROKEN: Final = "ổ đĩa đầy hoặc hỏng"
WHY_NOT: Final[Mapping[int, str]] = {
    errno.EROFS: "thư mục này chỉ đọc được; hãy ghi vào thư mục khác, với Docker là /data",
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
    """Write one table, whole or not at all.

    Raises:
        UnreadableFile: no such kind of file, a cell too long for it, or nowhere to write it.
    """
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UnreadableFile(f"{path.name}: chỉ ghi được tệp {', '.join(WRITERS)}")
    if not path.parent.is_dir():
        raise UnreadableFile(f"{path}: không có thư mục {path.parent}; hãy tạo trước rồi xuất lại")
    part = path.with_name(f"{path.name}.part")
    try:
        writer(part, headings, lines)
        part.replace(path)
    except PermissionError:
        told = "không được phép ghi tệp này; tệp đang mở trong Excel thì hãy đóng lại"
        raise UnreadableFile(f"{path}: {told}") from None
    except OSError as error:
        told = "là thư mục" if path.is_dir() else WHY_NOT.get(error.errno or 0, BROKEN)
        raise UnreadableFile(f"{path}: không ghi được tệp, {told}") from error
    finally:
        # Where nothing can be written nothing can be deleted, and nothing is there.
        with suppress(OSError):
            part.unlink(missing_ok=True)
