"""What a Word file tells of itself: title, author, day and language; no clock is read."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Final

from docx.document import Document
from docx.oxml.ns import qn

from broadcasts.text import printable

LONGEST: Final = 255


def tell_of(
    document: Document, *, title: str, author: str, language: str, day: date | None = None
) -> None:
    """Fill the file's properties; without a day it tells of none."""
    told = document.core_properties
    told.title, told.author = _line(title), _line(author)
    told.last_modified_by, told.language, told.comments = _line(author), language, ""
    if day is not None:
        told.created = told.modified = datetime.combine(day, time(), tzinfo=UTC)
        return
    properties = told._element  # noqa: SLF001
    for name in ("dcterms:created", "dcterms:modified"):
        properties.remove(properties.find(qn(name)))


def _line(text: str) -> str:
    return " ".join(printable(text).split())[:LONGEST]
