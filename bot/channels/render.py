"""Fits a reply to a channel's limits without losing a word."""

from __future__ import annotations

from typing import Final

BREAKS: Final = ("\n", ". ", "; ", ", ", " ")


def split(text: str, limit: int) -> list[str]:
    """Cut ``text`` into parts of at most ``limit`` characters, at the best border there is.

    Lines come first, then sentences, then words; only a word longer than ``limit`` is cut.
    """
    parts = []
    rest = text
    while len(rest) > limit:
        end = _border(rest, limit)
        parts.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [part for part in (*parts, rest) if part]


def _border(text: str, limit: int) -> int:
    for mark in BREAKS:
        # A border near the start would leave a stub.
        found = text.rfind(mark, limit // 3, limit - len(mark) + 1)
        if found >= 0:
            return found + len(mark)
    return limit
