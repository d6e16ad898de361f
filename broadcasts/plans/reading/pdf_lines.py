"""Words on a page of PDF → lines → paragraphs, as their places tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any, Final

from broadcasts.plans.listing import begins_item
from broadcasts.plans.outline import step_of
from broadcasts.plans.reading.flowing import goes_on
from broadcasts.plans.words import opens

# In points. Words of one line stand at most so far apart in height; a wider gap parts columns.
_SAME_LINE: Final = 3.0
_COLUMN_GAP: Final = 24.0
_INDENT: Final = 8.0
_SPACE: Final = 4.0
_ENDS: Final = (".", ";", ":", "!", "?", "/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text and where it stands, in points from the top left of its page."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    first_width: float


def lines_of(words: Iterable[Any]) -> list[Line]:
    """Put words into lines from top to bottom; what stands in two columns makes two lines."""
    rows: list[list[Any]] = []
    for word in sorted(words, key=lambda one: (one["top"] + one["bottom"], one["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and abs(_middle(rows[-1]) - middle) <= _SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(part) for row in rows for part in _columns(row)]


def paragraphs_of(lines: Sequence[Line], *, width: float) -> list[str]:
    """Join lines into paragraphs; ``width`` is what a full line may take, in points."""
    told: list[str] = []
    before: Line | None = None
    left = min((line.left for line in lines), default=0.0)
    gap = _usual_gap(lines)
    for line in lines:
        full = before is not None and _continues(before, line, room=width, gap=gap, left=left)
        if full or (told and goes_on(told[-1], line.text)):
            told[-1] = _glued(told[-1], line.text)
        else:
            told.append(line.text)
        before = line
    return told


def _continues(before: Line, line: Line, *, room: float, gap: float, left: float) -> bool:
    """Tell whether a line follows because the one before was full."""
    beside = line.left > before.right or line.right < before.left
    over = before.text.endswith("./.") or opens(line.text, "sections", "recipients")
    if beside or over or line.top < before.bottom - _SAME_LINE:
        return False
    used = before.right - min(before.left, left + _INDENT)
    fitted = used + _SPACE + line.first_width <= room
    apart = line.top - before.bottom > gap * 1.5 + 1
    begins = begins_item(line.text) or step_of(line.text) is not None
    ended = before.text.endswith(_ENDS)
    indented = line.left - left > _INDENT and line.left - before.left > _INDENT / 2
    return not (fitted or apart or (begins and ended) or (indented and (ended or begins)))


def _glued(text: str, line: str) -> str:
    """Join two lines; a dash between figures or letters stands where the line was broken."""
    broken = text.endswith("-") and text[-2:-1].isalnum() and line[:1].isalnum()
    return text + line if broken else f"{text} {line}"


def _usual_gap(lines: Sequence[Line]) -> float:
    gaps = [
        after.top - before.bottom for before, after in pairwise(lines) if after.top > before.top
    ]
    return max(median(gaps), 0.0) if gaps else 0.0


def _middle(row: Sequence[Any]) -> float:
    return float(row[0]["top"] + row[0]["bottom"]) / 2


def _columns(row: list[Any]) -> list[list[Any]]:
    told: list[list[Any]] = []
    for word in sorted(row, key=lambda one: one["x0"]):
        if told and word["x0"] - told[-1][-1]["x1"] <= _COLUMN_GAP:
            told[-1].append(word)
        else:
            told.append([word])
    return told


def _line(words: list[Any]) -> Line:
    return Line(
        text=" ".join(word["text"] for word in words),
        left=words[0]["x0"],
        right=words[-1]["x1"],
        top=min(word["top"] for word in words),
        bottom=max(word["bottom"] for word in words),
        first_width=words[0]["x1"] - words[0]["x0"],
    )
