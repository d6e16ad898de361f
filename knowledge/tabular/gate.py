"""What is let in: a look at the bytes before any library opens a file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from knowledge.tabular.grid import UnreadableFile

MOST_BYTES: Final = 30 * 1024 * 1024
MOST_UNPACKED: Final = 80 * 1024 * 1024
MOST_PARTS: Final = 5_000
MOST_PRESSED: Final = 200
PACKED: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
MAIN_PARTS: Final = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
REMEDY: Final = "Hãy dùng tệp .xlsx, .csv hoặc .docx không đặt mật khẩu."


def check(path: Path) -> None:
    """See whether a file may be opened.

    Raises:
        UnreadableFile: it is missing, too big, locked, a bomb, or not what its name says.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise UnreadableFile(f"{path}: không mở được tệp ({error.strerror})") from error
    if not size:
        raise UnreadableFile(f"{path.name}: tệp trống")
    if size > MOST_BYTES:
        raise UnreadableFile(f"{path.name}: tệp quá lớn (tối đa {MOST_BYTES >> 20} MB)")
    if head == OLD_OFFICE:
        raise UnreadableFile(f"{path.name}: tệp có mật khẩu hoặc kiểu cũ (.xls, .doc). {REMEDY}")
    if path.suffix.lower() in MAIN_PARTS:
        _check_package(path, head)
    elif head == PACKED:
        raise UnreadableFile(f"{path.name}: đây không phải tệp văn bản. {REMEDY}")


def _check_package(path: Path, head: bytes) -> None:
    if head != PACKED:
        raise UnreadableFile(f"{path.name}: nội dung không phải {path.suffix}. {REMEDY}")
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableFile(f"{path.name}: tệp hỏng, hãy mở và lưu lại") from error
    unpacked = sum(part.file_size for part in parts)
    pressed = max((part.file_size / max(part.compress_size, 1) for part in parts), default=0)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or pressed > MOST_PRESSED:
        raise UnreadableFile(f"{path.name}: tệp nén bất thường, không mở vì lý do an toàn")
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableFile(f"{path.name}: tệp có mật khẩu. {REMEDY}")
    if MAIN_PARTS[path.suffix.lower()] not in {part.filename for part in parts}:
        raise UnreadableFile(f"{path.name}: nội dung không phải {path.suffix}. {REMEDY}")
