"""Texts a spreadsheet would run as formulas: marked as text when written, and read back."""

from __future__ import annotations

import unicodedata
from typing import Final

MARK: Final = "'"
OPENERS: Final = frozenset("=+-@")
# Programs let characters nobody sees go by: signs without a shape, blanks, marks on nothing.
UNSEEN: Final = frozenset({"Cc", "Cf", "Mn", "Zl", "Zp", "Zs"})
FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def guarded(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula."""
    return f"{MARK}{text}" if text.startswith((MARK, "\t", "\r")) or _opens(text) else text


def unguarded(text: str) -> str:
    """Give a text as it was before it was guarded."""
    bare = text.removeprefix(MARK)
    return bare if bare != text and guarded(bare) != bare else text


def _opens(text: str) -> bool:
    """Tell whether the first sign one sees opens a formula, in whatever width it is written."""
    first = next((sign for sign in text if not _is_unseen(sign)), "")
    return unicodedata.normalize("NFKC", first)[:1] in OPENERS if first else False


def _is_unseen(sign: str) -> bool:
    return sign in FILLERS or unicodedata.category(sign) in UNSEEN
