"""Vietnamese syllables: how many a text takes to read, and whether a word can be one.

A word that cannot be a syllable ("UBND", "PAPI", "VAT") is an abbreviation or a foreign word; one
that can ("PHƯỜNG") is a word. A syllable closed by -c, -ch, -p or -t bears sắc or nặng, always.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from broadcasts.text import is_syllable, plain

SPOKEN: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
CLOSED: Final = re.compile(r"(?:c|ch|p|t)$")
RISING_OR_HEAVY: Final = {"\u0301", "\u0323"}


def syllables(text: str) -> int:
    """Count the syllables of a text; "ki-lô-mét" has three, a number left in digits one."""
    return len(SPOKEN.findall(text))


def is_word(written: str) -> bool:
    """Say whether a word as it is written, marks and all, can be a Vietnamese syllable."""
    bare = plain(written)
    if not is_syllable(bare):
        return False
    marks = set(unicodedata.normalize("NFD", written))
    return not CLOSED.search(bare) or bool(marks & RISING_OR_HEAVY)
