"""One letter wrong in a word that can be no Vietnamese word: the word likely meant."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from broadcasts.text import is_syllable

_SHORTEST: Final = 4
# A digit beside a letter that looks like one.
_MIXED: Final = re.compile(r"(?<![^\W_])(?:\d[lLIOo]|[lLIOo]\d)(?![^\W_])")
_AS_DIGITS: Final = str.maketrans("lLIOo", "11100")


def digits_mended(text: str) -> str:
    """Write the digits that a scan took for letters: "3O/6", "l5/12", "0l lần"."""
    return _MIXED.sub(lambda found: found[0].translate(_AS_DIGITS), text)


def mended(word: str, known: Iterable[str]) -> str:
    """Give the one known word a slip of the pen away; the word itself when there is not one."""
    if len(word) < _SHORTEST or not word.isascii() or is_syllable(word):
        return word
    near = {other for other in known if len(other) >= _SHORTEST and _one_slip(word, other)}
    return near.pop() if len(near) == 1 else word


def _one_slip(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 1:
        return False
    short, long = sorted((word, other), key=len)
    at = next((i for i, sign in enumerate(short) if sign != long[i]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at + 1 : at + 2] + short[at : at + 1] + short[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped == long[at:]
