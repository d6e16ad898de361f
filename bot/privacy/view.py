"""A text as it reads, whatever signs it was typed with, and where each sign came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_UNSEEN: Final = frozenset({"Cf", "Mn", "Me"})
# A sign with the marks that follow it: only together do they compose to one letter.
_LAST_LETTER: Final = 0x1F00


@dataclass(frozen=True, slots=True)
class View:
    """``text`` in NFKC with plain digits and no unseen signs; ``spans`` lead to the original."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give where the part from ``start`` up to ``end`` stands in the original."""
        return self.spans[start][0], self.spans[end - 1][1]


def view(text: str) -> View:
    """Give ``text`` as it reads."""
    if _READS_SO.fullmatch(text):
        return View(text, tuple(pairwise(range(len(text) + 1))))
    signs: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        for sign in unicodedata.normalize("NFKC", text[start:end]):
            if unicodedata.category(sign) not in _UNSEEN:
                signs.append(_plain(sign))
                spans.append((start, end))
        start = end
    return View("".join(signs), tuple(spans))


def _plain(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(sign)
    return "-" if category == "Pd" else " " if category == "Zs" else sign


def _reads_so(sign: str) -> bool:
    """Tell whether ``sign`` stands for itself whatever is beside it."""
    composed = unicodedata.normalize("NFKC", sign)
    seen = unicodedata.category(sign) not in _UNSEEN and not unicodedata.combining(sign)
    return seen and composed == sign and _plain(sign) == sign


# Of most texts nothing reads otherwise than typed.
_READS_SO: Final = re.compile(
    rf"[\x00-\x7f{''.join(filter(_reads_so, map(chr, range(0x80, _LAST_LETTER))))}“”‘’]*"
)
