"""Real files as officers send them with an answer, and what must never go with one."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

import docx
import openpyxl

RELATED: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Change = Callable[[dict[str, bytes]], None]


@cache
def a_docx(words: str = "Biên bản kiểm tra") -> bytes:
    made, document = io.BytesIO(), docx.Document()
    document.add_paragraph(words)
    document.save(made)
    return made.getvalue()


@cache
def an_xlsx() -> bytes:
    made, book = io.BytesIO(), openpyxl.Workbook()
    sheet: Any = book.active
    sheet.append(["Ngày", "Khối lượng"])
    sheet.append(["20/11/2026", 12])
    book.save(made)
    return made.getvalue()


def a_pdf(*objects: bytes, stream: bytes = b"", told: bytes = b"") -> bytes:
    """A page that says nothing, with further ``objects``; ``stream`` is packed as another."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        *objects,
    ]
    if stream:
        packed = zlib.compress(stream)
        head = b"<< %s /Filter /FlateDecode /Length %d >>" % (told, len(packed))
        bodies.append(head + b"\nstream\n" + packed + b"\nendstream")
    made, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    made += b"".join(b"%010d 00000 n \n" % one for one in places)
    made += b"trailer << /Size %d /Root 1 0 R >>\n" % (len(bodies) + 1)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % table)


def changed(package: bytes, change: Change) -> bytes:
    """Pack a package anew after its parts were changed."""
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    change(parts)
    return packed(parts)


def packed(parts: Mapping[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return made.getvalue()


def with_part(package: bytes, name: str, content: bytes = b"<x/>") -> bytes:
    return changed(package, lambda parts: parts.update({name: content}))


def with_relation(
    package: bytes, of: str, kind: str, target: str = "https://a.example/x"
) -> bytes:
    """Let a part fetch something from outside."""
    told = (
        f'<Relationship Id="r99" Type="{RELATED}/{kind}" Target="{target}" TargetMode="External"/>'
    )
    end = b"</Relationships>"

    def add(parts: dict[str, bytes]) -> None:
        parts[of] = parts[of].replace(end, told.encode() + end)

    return changed(package, add)


def with_field(package: bytes, *runs: str) -> bytes:
    """Let the text of a document hold a field, written in several runs."""
    text = "".join(f"<w:r><w:instrText>{one}</w:instrText></w:r>" for one in runs)
    field = f"<w:p>{text}</w:p>".encode()

    def add(parts: dict[str, bytes]) -> None:
        name = "word/document.xml"
        parts[name] = parts[name].replace(b"<w:p>", field + b"<w:p>", 1)

    return changed(package, add)
