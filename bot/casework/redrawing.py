"""Pictures drawn anew: only what is seen stays, so nothing tells where or with what it was taken.

Of a large photo no more than a screen shows is ever in memory.
"""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.casework.toiling import is_toilsome
from bot.casework.unfit import NotAttachable, Unfit

# A photo of a phone has 12 to 50 million; more is no photo.
MOST_PIXELS: Final = 60_000_000
# What is held in memory at once: photos (JPEG) are read smaller, other kinds only whole.
MOST_DRAWN: Final = 24_000_000
# Telegram shows no picture whose sides differ more (core.telegram.org/bots/api#sendphoto).
MOST_STRETCHED: Final = 20
# What a phone or a screen shows; larger costs the reader's data.
LONGEST_SIDE: Final = 2048
QUALITY: Final = 85
PICTURES: Final = frozenset({"JPEG", "PNG", "WEBP"})
# What the library raises for a picture damaged on its way, wherever its bytes are wrong.
_DAMAGED: Final = (
    struct.error, OSError, ValueError, SyntaxError, TypeError,
    LookupError, ArithmeticError, EOFError, NotImplementedError,
)  # fmt: skip
# ISO/IEC 23008-12: a box “ftyp” whose brand, main or compatible, is one of these.
_BRANDS: Final = frozenset({
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1",
})  # fmt: skip
_BOX_HEAD: Final = 8
_BRAND: Final = 4
_LONGEST_BOX: Final = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """A picture as it is kept: its media type, how its name ends, and what is in it."""

    media: str
    suffix: str
    content: bytes


def redrawn(content: bytes) -> Redrawn:
    """Draw a picture anew, upright and at most ``LONGEST_SIDE`` long.

    Raises:
        NotAttachable: it is no picture of a kind that is taken, too large, or broken.
    """
    if _is_heif(content):
        raise NotAttachable(Unfit.HEIC)
    if is_toilsome(content):
        raise NotAttachable(Unfit.BROKEN)
    try:
        with Image.open(io.BytesIO(content), formats=sorted(PICTURES)) as found:
            return _written(_seen(found))
    except UnidentifiedImageError as error:
        raise NotAttachable(Unfit.KIND) from error
    except Image.DecompressionBombError as error:
        raise NotAttachable(Unfit.PIXELS) from error
    except _DAMAGED as error:
        raise NotAttachable(Unfit.BROKEN) from error


def _is_heif(content: bytes) -> bool:
    if content[4:_BOX_HEAD] != b"ftyp":
        return False
    box = content[_BOX_HEAD : min(int.from_bytes(content[:4]), _LONGEST_BOX)]
    return any(box[at : at + _BRAND] in _BRANDS for at in range(0, len(box), _BRAND))


def _seen(found: Image.Image) -> Image.Image:
    """Give what is seen of a picture, without anything that was told beside it."""
    _admit(found)
    ImageOps.exif_transpose(found, in_place=True)
    mode = "RGBA" if _see_through(found) else "RGB"
    shown = found if found.mode == mode else found.convert(mode)
    shown.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    anew = Image.new(mode, shown.size)
    anew.paste(shown)
    return anew


def _admit(found: Image.Image) -> None:
    """Look at a picture's size before it is read; a photo is then read smaller."""
    if found.width * found.height > MOST_PIXELS:
        raise NotAttachable(Unfit.PIXELS)
    if max(found.size) > MOST_STRETCHED * min(found.size):
        raise NotAttachable(Unfit.SHAPE)
    if (times := max(found.size) // LONGEST_SIDE) > 1:
        found.draft(None, (found.width // times, found.height // times))
    if found.width * found.height > MOST_DRAWN:
        raise NotAttachable(Unfit.PIXELS)


def _written(drawn: Image.Image) -> Redrawn:
    made = io.BytesIO()
    if drawn.mode == "RGBA":
        drawn.save(made, "PNG", optimize=True)
        return Redrawn(media="image/png", suffix=".png", content=made.getvalue())
    drawn.save(made, "JPEG", quality=QUALITY, optimize=True)
    return Redrawn(media="image/jpeg", suffix=".jpg", content=made.getvalue())


def _see_through(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
