"""What citizens type, made safe to store and to show, the same on every channel."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

TEXT_LIMIT: Final = 2_000
# These turn the reading direction around and can make one text look like another.
DIRECTION_MARKS: Final = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# With them the categories Cc, line breaks left out, and Cs, which Unicode promises not to change.
_UNREADABLE: Final = re.compile(
    rf"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff{''.join(sorted(DIRECTION_MARKS))}]"
)


def clean(text: str) -> str:
    """Give ``text`` in NFC, without control characters but line breaks, and without blank ends.

    Halves of a sign (lone surrogates) go too: no database can write them.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _UNREADABLE.sub("", lines)).strip()
