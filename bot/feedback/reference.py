"""The number by which a citizen follows a case: not to be guessed, and hard to mistype.

Eight signs drawn at random (31 to the 8th, some 850 thousand million) and a check sign. Since 31
is prime and each place has a weight of its own, every single wrong sign and every two signs
swapped are noticed.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from enum import StrEnum
from typing import Final

from bot.officials.chat_codes import LETTERS

DRAWN: Final = 8
BEGINNING: Final = "pa"
_SHAPE: Final = re.compile(rf"(?:{BEGINNING})?([0-9a-z]{{{DRAWN + 1}}})")
# Within other words; one that is mistyped is found, too.
_WITHIN: Final = re.compile(
    rf"(?<![0-9a-z]){BEGINNING}[\s–—-]*(?:[0-9a-z][\s–—-]*){{{DRAWN + 1}}}(?![0-9a-z])",
    re.IGNORECASE,
)
_BETWEEN: Final = re.compile(r"[\s\-–—_.:/]+")


class Unread(StrEnum):
    """Why words are no reference."""

    NO_REFERENCE = "no_reference"
    MISTYPED = "mistyped"


def new_reference() -> str:
    """Make a reference as it is stored: nine small signs without the beginning."""
    drawn = "".join(secrets.choice(LETTERS) for _ in range(DRAWN))
    return drawn + _check_sign(drawn)


def shown(reference: str) -> str:
    """Give a stored reference as people read it: ``PA-7K2M-4QXB-9``."""
    parts = (BEGINNING, reference[:4], reference[4:DRAWN], reference[DRAWN:])
    return "-".join(parts).upper()


def read_reference(typed: str) -> str | Unread:
    """Give the stored form of what somebody typed, in any case, with or without signs between."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    found = _SHAPE.fullmatch(_BETWEEN.sub("", plain))
    if found is None:
        return Unread.NO_REFERENCE
    drawn, check = found[1][:DRAWN], found[1][DRAWN:]
    if not set(drawn) <= set(LETTERS) or _check_sign(drawn) != check:
        return Unread.MISTYPED
    return found[1]


def reference_in(text: str) -> str:
    """Give the words of ``text`` that look like a reference; nothing where none do."""
    found = _WITHIN.search(text)
    return found[0] if found else ""


def _check_sign(drawn: str) -> str:
    weighed = sum(place * LETTERS.index(sign) for place, sign in enumerate(drawn, start=2))
    return LETTERS[-weighed % len(LETTERS)]
