"""A text as it reads, whatever signs it was typed with, and where each sign came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.privacy.markup import has_markup, shown

_MARKS: Final = frozenset({"Mn", "Me"})
_UNSEEN: Final = _MARKS | {"Cf"}
# Letters by their category that no screen shows.
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
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
    if has_markup(text):
        bits = [(sign, start, end) for bit, start, end in shown(text) for sign in bit]
        seen = _of_signs("".join(sign for sign, _, _ in bits))
        at = [(bits[start][1], bits[end - 1][2]) for start, end in seen.spans]
        return View(seen.text, tuple(at))
    return _of_signs(text)


def _of_signs(text: str) -> View:
    if _READS_SO.fullmatch(text):
        return View(text, tuple(pairwise(range(len(text) + 1))))
    signs: list[str] = []
    spans: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        for sign in unicodedata.normalize("NFKC", text[start:end]):
            if _is_seen(sign):
                signs.append(_plain(sign))
                spans.append((start, end))
            elif spans and unicodedata.category(sign) in _MARKS:
                spans[-1] = (spans[-1][0], end)
        start = end
    return View("".join(signs), tuple(spans))


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign) not in _UNSEEN and sign not in _BLANK


def _plain(sign: str) -> str:
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(sign)
    return "-" if category == "Pd" else " " if category == "Zs" else sign


def _reads_so(sign: str) -> bool:
    """Tell whether ``sign`` stands for itself whatever is beside it."""
    composed = unicodedata.normalize("NFKC", sign)
    seen = _is_seen(sign) and not unicodedata.combining(sign)
    return seen and composed == sign and _plain(sign) == sign


# Of most texts nothing reads otherwise than typed.
_READS_SO: Final = re.compile(
    rf"[\x00-\x7f{''.join(filter(_reads_so, map(chr, range(0x80, _LAST_LETTER))))}“”‘’]*"
)
