"""A file of any kind we read → a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from broadcasts.plans.document import Document
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.reading.gate import REMEDY, RESAVE, check
from broadcasts.plans.reading.old_fonts import check_fonts


def read_document(path: Path) -> Document:
    """Read the paragraphs and tables of a file; it blocks, for seconds with a long PDF.

    Raises:
        PlanUnreadable: it cannot be used; the message says what to do.
    """
    kind = path.suffix.lower()
    reader = READERS.get(kind)
    if reader is None and kind in OLD:
        raise PlanUnreadable(f"{path.name}: không đọc được kiểu cũ {kind}. {RESAVE}")
    if reader is None:
        raise PlanUnreadable(f"{path.name}: không đọc được tệp này. {REMEDY}")
    check(path)
    document = reader(path)
    if not document.blocks:
        raise PlanUnreadable(f"{path.name}: tệp không có chữ nào. Hãy chọn lại tệp kế hoạch.")
    check_fonts(document)
    return document


# Each library is loaded when a file of its kind comes.
def _word(path: Path) -> Document:
    from broadcasts.plans.reading.word import read_word  # noqa: PLC0415

    return read_word(path)


def _pdf(path: Path) -> Document:
    from broadcasts.plans.reading.apart import read_apart  # noqa: PLC0415

    return read_apart(path)


def _sheets(path: Path) -> Document:
    from broadcasts.plans.reading.spreadsheet import read_sheets  # noqa: PLC0415

    return read_sheets(path)


def _text(path: Path) -> Document:
    from broadcasts.plans.reading.plain import read_text  # noqa: PLC0415

    return read_text(path)


OLD: Final = frozenset({".doc", ".xls", ".rtf", ".odt", ".ods"})
READERS: Final[Mapping[str, Callable[[Path], Document]]] = {
    ".docx": _word,
    ".pdf": _pdf,
    ".xlsx": _sheets,
    ".txt": _text,
}
