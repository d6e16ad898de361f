"""The shapes of Zalo's JSON: numbers may come as text, and ids are longer than a number bears."""

from __future__ import annotations

import re
from typing import Final

from bot.channels.shapes import Json, part, word

# Longer than any id, quota or moment; as text, so that nothing huge is ever reckoned with.
DIGITS: Final = re.compile(r"-?[0-9]{1,19}")
LARGEST: Final = 2**63 - 1
# Ids are digits; an id of a message may have other signs, too.
IDENT: Final = re.compile(r"[A-Za-z0-9_.:-]{1,128}")


def number(value: object) -> int | None:
    """Read a whole number, told as one or as text; nothing when it is none a database takes."""
    told = str(value) if type(value) is int else value
    found = int(told) if isinstance(told, str) and DIGITS.fullmatch(told) else None
    return found if found is None or -LARGEST <= found <= LARGEST else None


def ident(value: object) -> str:
    """Read an id, kept as text whichever way it was told; empty when it is none."""
    told = str(value) if type(value) is int else value
    return told if isinstance(told, str) and IDENT.fullmatch(told) else ""


__all__ = ["Json", "ident", "number", "part", "word"]
