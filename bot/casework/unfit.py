"""Why a file is not taken, each with its sentence of ``unfit.vi.toml``."""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from bot.errors import BotError

WORDS: Final = Path(__file__).with_name("unfit.vi.toml")


class Unfit(StrEnum):
    """Why a file is not taken; each has its sentence for who brought it."""

    EMPTY = "empty"
    LARGE = "large"
    KIND = "kind"
    HEIC = "heic"
    BROKEN = "broken"
    MACROS = "macros"
    ACTIVE = "active"
    DOUBLE = "double"
    LOCKED = "locked"
    NAME = "name"
    PACKED = "packed"
    TOO_MANY = "too_many"
    PIXELS = "pixels"
    SHAPE = "shape"
    NO_PICTURE = "no_picture"
    NO_PHOTO = "no_photo"
    ENOUGH = "enough"
    UNREACHED = "unreached"
    GONE = "gone"


class NotAttachable(BotError):
    """A file that is not taken."""

    def __init__(self, why: Unfit) -> None:
        """Keep why, with its sentence."""
        super().__init__(sentences()[why])
        self.why = why


@cache
def sentences() -> dict[str, str]:
    """Give what is said of each reason; read from disk once."""
    told: dict[str, str] = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    return told
