"""Marks that begin an item of a list: dashes and dots, letters, numbers."""

from __future__ import annotations

import re
from typing import Final

BULLET: Final = re.compile(r"[-–—+*•●▪◦·✓➢❖](?=\s|[^\W\d_])\s*")
_LABEL: Final = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ][.)])(?=\s|[^\W\d_])\s*")
# Within one line: after the end of a sentence or of a quotation.
_AFTER_END: Final = re.compile(r"(?<=[.;:,!?…”\"»)])\s+(?=[-–—+•●▪◦✓➢❖]\s+\S)")
_ANYWHERE: Final = re.compile(r"\s+(?=[-–—+•●▪◦✓➢❖]\s+[^\W_])")


def begins_item(line: str) -> bool:
    """Tell whether a line begins with the mark of an item."""
    return bool(BULLET.match(line) or _LABEL.match(line))


def without_mark(line: str) -> str:
    """Give an item without the mark it begins with."""
    found = BULLET.match(line) or _LABEL.match(line)
    return line[found.end() :] if found else line


def items(text: str, *, bold: bool = False) -> tuple[str, ...]:
    """Split a text into its marked items, marks kept; one without marks is a single item.

    A dash within a line begins an item where a sentence ends before it; ``bold`` takes every dash
    that stands free, which also splits “giai đoạn 2021 - 2025” and names.
    """
    lines = text.split("\n")
    if not begins_item(lines[0]):
        return (text,)
    told: list[str] = []
    for line in lines:
        if told and not begins_item(line):
            told[-1] += "\n" + line
        else:
            told += _inline(line, bold=bold)
    return tuple(told)


def _inline(line: str, *, bold: bool) -> list[str]:
    if not BULLET.match(line):
        return [line]
    return (_ANYWHERE if bold else _AFTER_END).split(line)
