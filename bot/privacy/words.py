"""Patterns from words as they are spelled: with marks, and as people type them without."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

UPPER: Final = "".join(sign for sign in map(chr, range(0x41, 0x1F00)) if sign.isupper())
# K'Brửu, H'Hen: an apostrophe within a word.
_LETTER: Final = r"(?:['’]?[^\W\d_])"
WORD: Final = rf"[^\W\d_]{_LETTER}{{0,9}}+"
CAPITAL: Final = rf"(?-i:[{UPPER}]){_LETTER}{{0,9}}+"
CAPITALS: Final = rf"{CAPITAL}(?: {{1,3}}{CAPITAL}){{0,5}}+"
# A capital that tells something: small letters follow it.
_RAISED: Final = rf"(?-i:[{UPPER}](?:[^{UPPER}\W\d_]['’\w]{{0,9}}+)?(?![\w]))"
RAISED: Final = rf"{_RAISED}(?: {{1,3}}{_RAISED}){{0,5}}+"
TWO_RAISED: Final = rf"{_RAISED}(?: {{1,3}}{_RAISED}){{1,4}}+"


def any_of(*phrases: str) -> str:
    """Give a pattern for any of ``phrases``, with marks or without."""
    return exactly(*phrases, *map(without_marks, phrases))


def before(*words: str) -> str:
    """Give a look ahead that wants one of ``words``, a sign that parts, a digit or the end."""
    return rf"(?=\s*(?:[,.;?!\n(\d]|\Z)|\s+{any_of(*words)}\b)"


def exactly(*phrases: str) -> str:
    """Give a pattern for any of ``phrases`` as spelled here."""
    longest_first = sorted(dict.fromkeys(phrases), key=len, reverse=True)
    return rf"(?:{'|'.join(map(re.escape, longest_first))})"


def without_marks(phrase: str) -> str:
    """Give ``phrase`` as it is typed without marks."""
    parts = unicodedata.normalize("NFD", phrase.replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))
