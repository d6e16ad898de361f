"""What is let in: a look at the bytes before any library opens a file."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from broadcasts.plans.errors import PlanUnreadable

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_UNPACKED: Final = 80 * 1024 * 1024
MOST_PARTS: Final = 3_000
MOST_PRESSED: Final = 200
# Of all parts: a library makes some hundred bytes of each. A plan of 100 pages has 150,000.
MOST_TAGS: Final = 1_000_000
PACKED: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
PDF: Final = b"%PDF-"
RICH: Final = b"{\\rtf"
MAIN_PARTS: Final = {".xlsx": "xl/workbook.xml", ".docx": "word/document.xml"}
REMEDY: Final = "Hãy dùng tệp .docx, .pdf, .xlsx hoặc .txt không đặt mật khẩu."
RESAVE: Final = "Hãy mở bằng Word hoặc Excel, chọn Lưu thành .docx hoặc .xlsx rồi nhập lại."
_HEAD: Final = 1024
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
)  # fmt: skip


def check(path: Path) -> None:
    """See whether a file may be opened.

    Raises:
        PlanUnreadable: it is missing, too big, locked, a bomb, or not what its name says.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise PlanUnreadable(f"{path}: không mở được tệp ({error.strerror})") from error
    name, kind = path.name, path.suffix.lower()
    if not size:
        raise PlanUnreadable(f"{name}: tệp trống, không có chữ nào. Hãy chọn lại tệp kế hoạch.")
    if size > MOST_BYTES:
        raise PlanUnreadable(
            f"{name}: tệp quá lớn (tối đa {MOST_BYTES >> 20} MB). "
            "Hãy bỏ bớt hình ảnh rồi nhập lại."
        )
    _check_head(name, kind, head)
    if kind in MAIN_PARTS:
        _check_package(path, kind)


def _check_head(name: str, kind: str, head: bytes) -> None:
    if head.startswith(OLD_OFFICE):
        raise PlanUnreadable(
            f"{name}: tệp có đặt mật khẩu hoặc là kiểu cũ (.doc, .xls). "
            f"Hãy bỏ mật khẩu nếu có. {RESAVE}"
        )
    if head.startswith(RICH):
        raise PlanUnreadable(f"{name}: đây là tệp RTF. {RESAVE}")
    is_packed, is_pdf = head.startswith(PACKED), PDF in head
    fits = {".docx": is_packed, ".xlsx": is_packed, ".pdf": is_pdf}
    if not fits.get(kind, not is_packed and not head.startswith(PDF)):
        raise PlanUnreadable(f"{name}: nội dung không phải {kind}. {REMEDY}")


def _check_package(path: Path, kind: str) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if any(part.flag_bits & 1 for part in parts):
                raise PlanUnreadable(f"{path.name}: tệp có mật khẩu. {REMEDY}")
            odd = _is_swollen(parts) or _tags(package) > MOST_TAGS
    except BROKEN as error:
        raise PlanUnreadable(f"{path.name}: tệp hỏng. Hãy mở, lưu lại rồi nhập lại.") from error
    if odd:
        raise PlanUnreadable(
            f"{path.name}: tệp nén bất thường, không mở vì lý do an toàn. {RESAVE}"
        )
    if MAIN_PARTS[kind] not in {part.filename for part in parts}:
        raise PlanUnreadable(f"{path.name}: nội dung không phải {kind}. {REMEDY}")


def _is_swollen(parts: Sequence[zipfile.ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    pressed = max((part.file_size / max(part.compress_size, 1) for part in parts), default=0)
    return len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or pressed > MOST_PRESSED


def _tags(package: zipfile.ZipFile) -> int:
    """Count what may begin a tag in any part, since a part of any name may be the document."""
    return sum(package.read(part).count(b"<") for part in package.infolist())
