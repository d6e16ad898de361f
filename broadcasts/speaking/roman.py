"""Roman numbers, as documents count quarters, terms and chapters."""

from __future__ import annotations

import re
from typing import Final

VALUES: Final = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
WELL_FORMED: Final = r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})"


def roman_value(numeral: str) -> int | None:
    """Give the value of a well-formed Roman number up to 399; nothing for other words."""
    if not re.fullmatch(WELL_FORMED, numeral):
        return None
    values = [VALUES[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
