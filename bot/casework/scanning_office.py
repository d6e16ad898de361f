"""A .docx or .xlsx that only shows words and numbers: no macro, no program, no file in it.

Nor does it fetch anything: parts and relations are those of ECMA-376 (Open Packaging Conventions),
of which only the harmless ones are let through.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Final
from xml.parsers import expat

from bot.casework.unfit import NotAttachable, Unfit

_PARTS: Final = (
    ".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf",
    ".wmf", ".wdp", ".svg", ".odttf", ".fntdata", ".psmdcp",
)  # fmt: skip
_SETTINGS: Final = re.compile(r"xl/printersettings/[a-z0-9]+\.bin")
_MACROS: Final = ("vba", "macrosheets/", "dialogsheets/")
_PROGRAMS: Final = ("activex", "embeddings/", "oleobject", "externallinks/", "webextensions/")
_CONNECTIONS: Final = "xl/connections.xml"
# Only a link that is pressed may lead out of the package.
_PRESSED: Final = "/hyperlink"
_FETCHED: Final = re.compile(r"\bDDE(AUTO)?\b|\bINCLUDE(TEXT|PICTURE)\b.*(//|\\\\)", re.IGNORECASE)
_END_OF_PACKAGE: Final = struct.Struct("<4s4H2LH")
# Bytes of one part that is read, and of all parts unpacked.
_MOST_READ: Final = 64 << 20
_MOST: Final = 256 << 20
_LOCKED: Final = 1
_DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, ValueError, LookupError, EOFError,
    NotImplementedError, RuntimeError, expat.ExpatError,
)  # fmt: skip
Starts = Callable[[str, dict[str, str]], None]


def quiet_package(content: bytes, *, most: int = _MOST) -> None:
    """Look through a package that unpacks to ``most`` bytes.

    Raises:
        NotAttachable: it is broken, locked, more than a package, or does something by itself.
    """
    try:
        _alone(content)
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            for part in parts:
                _named_harmlessly(part)
            _once_each(parts, most)
            for part in parts:
                _read(package, part)
    except _DAMAGED as error:
        raise NotAttachable(Unfit.BROKEN) from error


def _alone(content: bytes) -> None:
    """Hold the package against its own end: nothing stands behind it, and no PDF in its head."""
    end = _END_OF_PACKAGE.unpack_from(content, len(content) - _END_OF_PACKAGE.size)
    size, begin = end[5], end[6]
    whole = end[0] == b"PK\x05\x06" and begin + size + _END_OF_PACKAGE.size == len(content)
    if not whole or b"%PDF-" in content[:1024]:
        raise NotAttachable(Unfit.DOUBLE)


def _named_harmlessly(part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if part.flag_bits & _LOCKED:
        raise NotAttachable(Unfit.LOCKED)
    if any(one in name for one in _MACROS):
        raise NotAttachable(Unfit.MACROS)
    if name == _CONNECTIONS or any(one in name for one in _PROGRAMS):
        raise NotAttachable(Unfit.ACTIVE)
    known = part.is_dir() or name.endswith(_PARTS) or _SETTINGS.fullmatch(name)
    if not known or ".." in name.split("/"):
        raise NotAttachable(Unfit.ACTIVE)


def _once_each(parts: Sequence[zipfile.ZipInfo], most: int) -> None:
    """Of two parts of one name a program reads the one, and this one maybe the other."""
    if len({part.filename.casefold() for part in parts}) != len(parts):
        raise NotAttachable(Unfit.DOUBLE)
    if sum(part.file_size for part in parts) > most:
        raise NotAttachable(Unfit.PACKED)


def _read(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    name = part.filename.lower()
    if name.endswith(".rels"):
        _parsed(package, part, _relation)
    elif name == "[content_types].xml":
        _parsed(package, part, _kind)
    elif name.startswith("word/") and name.endswith(".xml"):
        _fields(package, part)
    else:
        # A part that is not what its package says is found before somebody opens it.
        with package.open(part) as opened:
            while opened.read(1 << 20):
                pass


def _relation(_: str, told: dict[str, str]) -> None:
    outside = told.get("TargetMode", "").casefold() == "external"
    if outside and not told.get("Type", "").endswith(_PRESSED):
        raise NotAttachable(Unfit.ACTIVE)


def _kind(_: str, told: dict[str, str]) -> None:
    kind = told.get("ContentType", "").casefold()
    if "macroenabled" in kind or "vbaproject" in kind:
        raise NotAttachable(Unfit.MACROS)


def _fields(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Look for fields that fetch something, however many runs one is written in."""
    said: list[str] = []
    inside = [False]

    def starts(name: str, told: dict[str, str]) -> None:
        inside[0] = name.endswith("instrText")
        said.extend(value for key, value in told.items() if key.endswith("instr"))

    def written(words: str) -> None:
        if inside[0]:
            said.append(words)

    _parsed(package, part, starts, written)
    if _FETCHED.search("".join(said)):
        raise NotAttachable(Unfit.ACTIVE)


def _parsed(
    package: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    starts: Starts,
    written: Callable[[str], None] | None = None,
) -> None:
    """Read a part of XML; one that declares a type of its own is none of an office program."""
    if part.file_size > _MOST_READ:
        raise NotAttachable(Unfit.PACKED)
    reader = expat.ParserCreate()
    reader.StartElementHandler = starts
    reader.StartDoctypeDeclHandler = _declares
    reader.CharacterDataHandler = written
    reader.Parse(package.read(part), True)


def _declares(*_: object) -> None:
    raise NotAttachable(Unfit.ACTIVE)
