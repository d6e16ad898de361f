"""Digits told by words (“không chín một…”) or by letters that look like them (“o9l2”)."""

from __future__ import annotations

import re
from typing import Final

from bot.privacy.words import any_of

_WORDS: Final = {
    "0": ("không",),
    "1": ("một",),
    "2": ("hai",),
    "3": ("ba",),
    "4": ("bốn",),
    "5": ("năm",),
    "6": ("sáu",),
    "7": ("bảy", "bẩy"),
    "8": ("tám",),
    "9": ("chín",),
}
_WORD: Final = re.compile(
    "|".join(rf"\b(?P<d{digit}>{any_of(*words)})\b" for digit, words in _WORDS.items()),
    re.IGNORECASE,
)
_ANY: Final = any_of(*(word for words in _WORDS.values() for word in words))
# Fewer in a row are said of years and amounts: “ba năm không”.
_SPELLED: Final = re.compile(rf"\b{_ANY}(?:[ ,.-]{{1,3}}{_ANY}\b){{2,}}+", re.IGNORECASE)
_LOOKS: Final = str.maketrans("oOlIi", "00111")
_LOOKING: Final = re.compile(r"(?<![^\W_])(?=[oOlIi]{0,4}\d)[\doOlIi]{2,20}+(?![^\W_])")


def in_digits(text: str) -> str:
    """Give ``text`` with such words and letters as digits, each where its own began.

    A word's other letters are spaces, so the length stays.
    """
    told = _SPELLED.sub(lambda row: _WORD.sub(_digit, row[0]), text)
    return _LOOKING.sub(lambda look: look[0].translate(_LOOKS), told)


def _digit(word: re.Match[str]) -> str:
    return str(word.lastgroup)[1:].ljust(len(word[0]))
