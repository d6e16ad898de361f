"""A table whose lines nobody drew: its words are paragraphs, its rows cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from broadcasts.plans.columns import LONGEST_HEADING
from broadcasts.plans.document import Paragraph
from broadcasts.plans.words import names, opens

# A heading's columns come as so many paragraphs where each stands apart.
_MOST_COLUMNS: Final = 8


def unruled_table(paragraphs: Sequence[Paragraph]) -> Paragraph | None:
    """Give where the heading of a table stands among paragraphs: STT, what, by whom or when."""
    for place, one in enumerate(paragraphs):
        if len(one.text) <= LONGEST_HEADING and opens(one.text, "columns", "no"):
            heading = _short(paragraphs[place : place + _MOST_COLUMNS])
            if names(heading, "columns", "content") and _tells(heading):
                return one
    return None


def _short(paragraphs: Sequence[Paragraph]) -> str:
    return " ".join(one.text for one in paragraphs if len(one.text) <= LONGEST_HEADING)


def _tells(heading: str) -> bool:
    return any(names(heading, "columns", kind) for kind in ("lead", "time"))
