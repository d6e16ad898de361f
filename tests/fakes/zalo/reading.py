"""Reading what came with a call, member by member; what does not fit is refused.

-201 names a wrong or unknown member, -210 one that is over its limit.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from tests.fakes.zalo.errors import Refused
from tests.fakes.zalo.people import Json

TITLE: Final = 100
SUBTITLE: Final = 500
SHAPE: Final = "the shape of a call"
SIZE: Final = "the limits of a call"


def wrong(name: str) -> Refused:
    return Refused(-201, f"Params {name} is invalid", foreseen=SHAPE)


def too_long(name: str) -> Refused:
    return Refused(-210, f"Params {name} exceeds its limit", foreseen=SIZE)


def only(found: object, name: str, allowed: Iterable[str], needed: Iterable[str] = ()) -> Json:
    """An object with these members at most, and those of ``needed`` at least."""
    if not isinstance(found, dict):
        raise wrong(name)
    for strange in found.keys() - set(allowed):
        raise wrong(f"{name}.{strange}")
    for missing in set(needed) - found.keys():
        raise wrong(f"{name}.{missing}")
    return found


def text(found: object, name: str, most: int, *, utf16: bool = False) -> str:
    """Words that are there and not too many, counted in NFC."""
    if not isinstance(found, str) or not found.strip():
        raise wrong(name)
    composed = unicodedata.normalize("NFC", found)
    size = len(composed.encode("utf-16-le")) // 2 if utf16 else len(composed)
    if size > most:
        raise too_long(name)
    return found


def rows(found: object, name: str, most: int) -> list[Json]:
    """One object or more in a list."""
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise wrong(name)
    if len(found) > most:
        raise too_long(name)
    return found


def link(found: object, name: str) -> str:
    """A web address."""
    if not isinstance(found, str) or not found.startswith(("https://", "http://")):
        raise wrong(name)
    return found


def whole(found: object, name: str, most: int | None = None) -> int:
    """A number from 0 on; raises Refused when it is none or over the limit."""
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise wrong(name)
    if most is not None and found > most:
        raise too_long(name)
    return found
