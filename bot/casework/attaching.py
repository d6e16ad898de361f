"""Files that officials and citizens bring: what is let in, known by its bytes alone."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.casework.redrawing import redrawn
from bot.casework.unfit import NotAttachable, Unfit

MOST_BYTES: Final = 8 * 1024 * 1024
LONGEST_NAME: Final = 120
_PDF: Final = b"%PDF-"
_PACKED: Final = b"PK\x03\x04"
_OFFICE: Final[Mapping[str, tuple[str, str]]] = {
    ".docx": (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ".xlsx": (
        "xl/workbook.xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}
_MACROS: Final = "vbaproject.bin"
# What the library raises for a package damaged on its way, wherever its bytes are wrong.
_DAMAGED: Final = (
    zipfile.BadZipFile, struct.error, OSError, ValueError, LookupError, EOFError,
    NotImplementedError,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FitFile:
    """A file that was looked at and may be stored and sent."""

    name: str
    media: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        """Tell whether it is shown in a message and not only offered."""
        return self.media.startswith("image/")


def examined(name: str, content: bytes) -> FitFile:
    """Look at what a file is, by its bytes; a picture is made anew, without where it was taken.

    Raises:
        NotAttachable: it is empty, too large, broken, or of a kind that is not taken.
    """
    _sized(content)
    told = _plain(name)
    if content.startswith(_PDF):
        return FitFile(name=_ending(told, ".pdf"), media="application/pdf", content=content)
    if content.startswith(_PACKED):
        return _office(told, content)
    return _picture(told, content)


def office_suffix(media: str) -> str:
    """Give how a package of an office program is called at its end; nothing for another file."""
    return next((suffix for suffix, (_, known) in _OFFICE.items() if known == media), "")


def examined_picture(name: str, content: bytes) -> FitFile:
    """Look at a file that is to be shown in a message.

    Raises:
        NotAttachable: it is not taken, or no picture.
    """
    found = examined(name, content)
    if not found.is_picture:
        raise NotAttachable(Unfit.NO_PICTURE)
    return found


def examined_photo(content: bytes) -> FitFile:
    """Look at what a citizen sent as a photo; it gets a name that tells nothing of them.

    It takes up to a second: call it in a thread.

    Raises:
        NotAttachable: it is not taken, or anything but a picture.
    """
    _sized(content)
    try:
        return _picture("anh", content)
    except NotAttachable as refused:
        if refused.why is Unfit.KIND:
            raise NotAttachable(Unfit.NO_PHOTO) from refused
        raise


def _sized(content: bytes) -> None:
    if not content:
        raise NotAttachable(Unfit.EMPTY)
    if len(content) > MOST_BYTES:
        raise NotAttachable(Unfit.LARGE)


def _plain(name: str) -> str:
    """Give a name without folders and signs that mean something to a system."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    return kept.strip(" .")[:LONGEST_NAME] or "tep"


def _ending(name: str, suffix: str) -> str:
    return name if name.lower().endswith(suffix) else f"{name}{suffix}"


def _office(name: str, content: bytes) -> FitFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = set(package.namelist())
    except _DAMAGED as error:
        raise NotAttachable(Unfit.BROKEN) from error
    if any(part.lower().endswith(_MACROS) for part in parts):
        raise NotAttachable(Unfit.MACROS)
    for suffix, (main, media) in _OFFICE.items():
        if main in parts:
            return FitFile(name=_ending(name, suffix), media=media, content=content)
    raise NotAttachable(Unfit.KIND)


def _picture(name: str, content: bytes) -> FitFile:
    drawn = redrawn(content)
    stem = name.rpartition(".")[0] or name
    return FitFile(name=f"{stem}{drawn.suffix}", media=drawn.media, content=drawn.content)
