"""What of a text is no sign of it: tags and entities of HTML, as pasted from a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

# Longer ones no page has, so the time stays with the length.
_MARKUP: Final = re.compile(
    r"</?[a-z][a-z\d]{0,15}(?:\s[^<>]{0,200})?/?>|&(?:#x?[\da-f]{1,6}|[a-z]{2,8});", re.IGNORECASE
)
# These end a line; all others may stand amid a word.
_LINES: Final = re.compile(r"</?(?:br|p|div|li|tr|td|h\d|ul|ol|table)\b", re.IGNORECASE)


def shown(text: str) -> Iterator[tuple[str, int, int]]:
    """Give ``text`` bit by bit as a page shows it, and where each bit stands."""
    done = 0
    for found in _MARKUP.finditer(text):
        yield from _signs(text, done, found.start())
        yield _seen(found[0]), *found.span()
        done = found.end()
    yield from _signs(text, done, len(text))


def has_markup(text: str) -> bool:
    """Tell whether ``text`` holds a tag or an entity."""
    return ("<" in text or "&" in text) and _MARKUP.search(text) is not None


def _signs(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    return ((text[at], at, at + 1) for at in range(start, end))


def _seen(markup: str) -> str:
    if markup[0] == "&":
        return html.unescape(markup)
    return "\n" if _LINES.match(markup) else ""
