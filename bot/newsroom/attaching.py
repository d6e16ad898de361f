"""Files that officials add to news and evidence: what is let in; pictures are drawn anew."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.errors import BotError
from bot.newsroom.wording import words

MOST_BYTES: Final = 8 * 1024 * 1024
# A photo of a phone has 12 to 50 million; more is no photo.
MOST_PIXELS: Final = 60_000_000
# Telegram shows no picture whose sides differ more (core.telegram.org/bots/api#sendphoto).
MOST_STRETCHED: Final = 20
# What a phone or a screen shows; larger costs the reader's data.
LONGEST_SIDE: Final = 2048
QUALITY: Final = 85
LONGEST_NAME: Final = 120
PICTURES: Final = frozenset({"JPEG", "PNG", "WEBP"})
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
# What the libraries raise for a file damaged on its way, wherever its bytes are wrong.
_DAMAGED: Final = (
    zipfile.BadZipFile, Image.DecompressionBombError, struct.error, OSError, ValueError,
    SyntaxError, TypeError, LookupError, ArithmeticError, EOFError, NotImplementedError,
)  # fmt: skip


class Unfit(StrEnum):
    """Why a file is not taken; each has its sentence for the officer."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"
    BROKEN = "broken"
    MACROS = "macros"
    PIXELS = "pixels"
    SHAPE = "shape"
    NO_PICTURE = "no_picture"


class NotAttachable(BotError):
    """A file that is not taken."""

    def __init__(self, why: Unfit) -> None:
        """Keep why, with its sentence."""
        super().__init__(words("attaching")[why])
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that may be stored and sent."""

    name: str
    media: str
    content: bytes

    @property
    def is_picture(self) -> bool:
        """Tell whether it is shown in a message and not only offered."""
        return self.media.startswith("image/")


def examined(name: str, content: bytes) -> Attachment:
    """Look at what a file is, by its bytes; a picture is made anew, without where it was taken.

    Raises:
        NotAttachable: it is empty, too large, broken, or of a kind that is not taken.
    """
    if not content:
        raise NotAttachable(Unfit.EMPTY)
    if len(content) > MOST_BYTES:
        raise NotAttachable(Unfit.LARGE)
    told = _plain(name)
    if content.startswith(_PDF):
        return Attachment(name=_ending(told, ".pdf"), media="application/pdf", content=content)
    if content.startswith(_PACKED):
        return _office(told, content)
    return _picture(told, content)


def examined_picture(name: str, content: bytes) -> Attachment:
    """Look at a file that is to be shown in a message.

    Raises:
        NotAttachable: it is not taken, or no picture.
    """
    found = examined(name, content)
    if not found.is_picture:
        raise NotAttachable(Unfit.NO_PICTURE)
    return found


def _plain(name: str) -> str:
    """Give a name without folders and signs that mean something to a system."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*')
    return kept.strip(" .")[:LONGEST_NAME] or "tep"


def _ending(name: str, suffix: str) -> str:
    return name if name.lower().endswith(suffix) else f"{name}{suffix}"


def _office(name: str, content: bytes) -> Attachment:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = set(package.namelist())
    except _DAMAGED as error:
        raise NotAttachable(Unfit.BROKEN) from error
    if any(part.lower().endswith(_MACROS) for part in parts):
        raise NotAttachable(Unfit.MACROS)
    for suffix, (main, media) in _OFFICE.items():
        if main in parts:
            return Attachment(name=_ending(name, suffix), media=media, content=content)
    raise NotAttachable(Unfit.KIND)


def _picture(name: str, content: bytes) -> Attachment:
    try:
        with Image.open(io.BytesIO(content), formats=sorted(PICTURES)) as found:
            if found.width * found.height > MOST_PIXELS:
                raise NotAttachable(Unfit.PIXELS)
            if max(found.size) > MOST_STRETCHED * min(found.size):
                raise NotAttachable(Unfit.SHAPE)
            upright = ImageOps.exif_transpose(found)
            drawn = upright.convert("RGBA" if _see_through(upright) else "RGB")
    except UnidentifiedImageError as error:
        raise NotAttachable(Unfit.KIND) from error
    except _DAMAGED as error:
        raise NotAttachable(Unfit.BROKEN) from error
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # A comment of the old file is written into the new one unless it is forgotten here.
    drawn.info.clear()
    stem = name.rpartition(".")[0] or name
    made = io.BytesIO()
    if drawn.mode == "RGBA":
        drawn.save(made, "PNG", optimize=True)
        return Attachment(name=f"{stem}.png", media="image/png", content=made.getvalue())
    drawn.save(made, "JPEG", quality=QUALITY, optimize=True)
    return Attachment(name=f"{stem}.jpg", media="image/jpeg", content=made.getvalue())


def _see_through(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
