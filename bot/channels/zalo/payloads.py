"""What a pressed button sent: Zalo has no press, it comes as words typed by its reader."""

from __future__ import annotations

import re
from typing import Final

from bot.channels.zalo.rendering import PRESSED

# Values of choices have a colon, but for these; a word behind the mark alone may be typed.
PLAIN: Final = frozenset({"menu", "none"})
_VALUE: Final = re.compile(r"[a-z]{1,12}:[!-~]{1,58}")


def value_of(text: str) -> str:
    """Give the value of the choice that ``text`` stands for; empty for words of a person's own."""
    if not text.startswith(PRESSED):
        return ""
    value = text.removeprefix(PRESSED)
    return value if value in PLAIN or _VALUE.fullmatch(value) else ""
