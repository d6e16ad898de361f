"""Text typed for fonts from before Unicode (TCVN3 “.VnTime”, VNI): other letters drawn as ours.

Such a font draws “ă” where the file says “¨”. No list tells every way they are used, so a text is
known by signs and letters that stand in no Vietnamese word. Where a file can hold every letter,
one that only Unicode has shows that the text is sound: these fonts know none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

OLD_FONT: Final = (
    "gõ bằng phông chữ cũ (TCVN3 .VnTime, VNI…) nên không đọc được dấu tiếng Việt; "
    "hãy chuyển sang Unicode (ví dụ bằng UniKey: Ctrl+Shift+F6) rồi lưu lại"
)
# One foreign word may stand in a sound row: a name, a unit.
MOST_FOREIGN: Final = 1
_TONES: Final = set("\u0300\u0301\u0303\u0309\u0323")
_SHAPES: Final = {
    "a": {"\u0302", "\u0306"}, "e": {"\u0302"}, "o": {"\u0302", "\u031b"}, "u": {"\u031b"},
}  # fmt: skip
# Signs that begin or go on a word only in such fonts, and a marked capital behind a small letter.
_SIGNS: Final = re.compile(
    r"[¡¢£¤¥¦¨ª¬®¯±µ¶¸¹](?=[^\W\d_])|(?<=[^\W\d_])[¡¢£¤¥¦§¨ª«¬¯±µ¶·¸¹¼½¾¿]|(?<=[a-zđ])[À-ÖØ-Þ]"
)
# VNI writes a mark as a letter of its own: “keát”. We put it on the first of these vowels.
_MARK_BEHIND: Final = re.compile(r"[ae][à-ãè-êìíò-õùúý]|y[à-ãèéìíò-õùúý]", re.IGNORECASE)
_ONLY_UNICODE: Final = re.compile(r"[ĂăĐđƠơƯưẠ-ỹ]")
_LAST_OF_EIGHT_BITS: Final = "\xff"


def is_in_old_font(text: str) -> bool:
    """Tell whether a text of an 8-bit file is drawn by such a font, or is broken UTF-8."""
    return any(map(_SIGNS.search, text.splitlines())) or bool(_other_letters(text))


def columns_in_old_font(cells: Sequence[str]) -> Iterator[int]:
    """Give the columns of a row, counted from 0, whose text is drawn by such a font."""
    sound = any(map(_ONLY_UNICODE.search, cells))
    for column, text in enumerate(cells):
        if text.isascii() or _ONLY_UNICODE.search(text):
            continue
        if _drawn_words(text) > (MOST_FOREIGN if sound else 0):
            yield column


def _drawn_words(text: str) -> int:
    return sum(map(_is_drawn, text.split()))


def _is_drawn(word: str) -> bool:
    if _SIGNS.search(word) or _MARK_BEHIND.search(word):
        return True
    return any(letter <= _LAST_OF_EIGHT_BITS for letter in _other_letters(word))


def _other_letters(text: str) -> set[str]:
    return {letter for letter in set(text) if letter.isalpha() and not _is_vietnamese(letter)}


def _is_vietnamese(letter: str) -> bool:
    base, *marks = list(unicodedata.normalize("NFD", letter.lower()))
    if base == "đ" or (base.isascii() and not marks):
        return True
    return base in "aeiouy" and {*marks} <= _TONES | _SHAPES.get(base, set())
