"""Finds which rows of a table are its headings and which column holds which field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.columns import columns, folded
from knowledge.tabular.grid import Row

DEEPEST: Final = 3
KEYS: Final = ("code", "official_name")
LONGEST_KEY: Final = 40
USUAL: Final = ("papers", "fee", "times", "steps", "result", "where_note", "legal", "notes")
MOST_TOLD: Final = 12
_NUMBERING: Final = re.compile(r"\(?\d{1,2}\)?(?:\s*=.*)?")
_NUMBERED_AT_LEAST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """Where the fields stand; a field told in several columns has several places.

    ``texts`` are the headings as written, by column; ``depth`` how many rows they take.
    """

    places: dict[str, tuple[int, ...]]
    texts: tuple[str, ...]
    depth: int

    @property
    def known(self) -> set[int]:
        """Give the columns that hold a field."""
        return {place for places in self.places.values() for place in places}

    @property
    def unknown(self) -> list[str]:
        """Give the headings that stand for no field."""
        known = self.known
        return [text for place, text in enumerate(self.texts) if text and place not in known]

    @property
    def written(self) -> list[str]:
        """Give the headings, known or not."""
        return list(filter(None, self.texts))

    @property
    def names_only(self) -> bool:
        """Tell whether the procedures are named and, of the other headings, none is known."""
        return bool(self.unknown) and self.places.keys() <= {"number", *KEYS}

    def told(self, row: Row, field: str) -> list[tuple[str, str]]:
        """Give (heading, text) of each filled cell of a field."""
        cells = ((self.texts[place], row.cell(place)) for place in self.places.get(field, ()))
        return [(heading, text) for heading, text in cells if text]

    def text(self, row: Row, field: str) -> str:
        """Give the first filled cell of a field."""
        return next((text for _, text in self.told(row, field)), "")


def heading_at(rows: Sequence[Row], start: int) -> Heading | None:
    """Give the headings that begin at row ``start``, when they do."""
    best: Heading | None = None
    for depth in range(1, DEEPEST + 1):
        block = rows[start : start + depth]
        if len(block) < depth or (best and not _continues(best, block[-1])):
            break
        found = _heading(block)
        if found and (best is None or len(found.places) >= len(best.places)):
            best = found
    return best


def _heading(block: Sequence[Row]) -> Heading | None:
    width = max(len(row.cells) for row in block)
    texts = tuple(_column_text(block, column) for column in range(width))
    places: dict[str, tuple[int, ...]] = {}
    for column in range(width):
        field = _field(block, column)
        if field:
            places[field] = (*places.get(field, ()), column)
    known = set(places) - {"number"}
    if len(known) > 1 and known.intersection(KEYS):
        return Heading(places=places, texts=texts, depth=len(block))
    return None


def _column_text(block: Sequence[Row], column: int) -> str:
    told = dict.fromkeys(row.cell(column) for row in block if row.cell(column))
    return " – ".join(" ".join(text.split()) for text in told)


def _field(block: Sequence[Row], column: int) -> str:
    told = list(dict.fromkeys(row.cell(column) for row in block if row.cell(column)))
    tries = [*reversed(told), " ".join(told)]
    return next((field for text in tries if (field := columns().field_of(text))), "")


def _continues(heading: Heading, row: Row) -> bool:
    """Tell whether a row still belongs to the headings: its key columns say nothing new."""
    for key in KEYS:
        for place in heading.places.get(key, ()):
            text = row.cell(place)
            if text and text not in heading.texts[place]:
                return False
    return len(row.texts) > 1 and not is_numbering(row)


def repeats(heading: Heading, row: Row) -> bool:
    """Tell whether a row is the headings once more, as on a document's next page."""
    told = [
        (text, row.cell(place))
        for place, text in enumerate(heading.texts)
        if text and row.cell(place)
    ]
    return len(told) > 1 and all(folded(text) == folded(cell) for text, cell in told)


def is_numbering(row: Row) -> bool:
    """Tell whether a row only numbers the columns: (1), (2), (3) and so on."""
    told = [text for text in row.cells if text]
    return len(told) >= _NUMBERED_AT_LEAST and all(map(_NUMBERING.fullmatch, told))


def may_be_heading(row: Row) -> bool:
    """Tell quickly whether a row names a key column outright."""
    short = (text for text in row.texts if len(text) < LONGEST_KEY)
    return any(columns().names.get(folded(text)) in KEYS for text in short)


def unlike(texts: Sequence[str]) -> str:
    """Say which headings were read, and which are expected."""
    told = columns()
    read = ", ".join(f"“{' '.join(text.split())[:LONGEST_KEY]}”" for text in texts[:MOST_TOLD])
    keys = " hoặc ".join(f"“{told.headings[key]}”" for key in KEYS)
    usual = ", ".join(f"“{told.headings[field]}”" for field in USUAL)
    return (
        f"các tiêu đề đọc được: {read}; cần có cột {keys} cùng ít nhất một cột nội dung, như"
        f" {usual}; hãy sửa tên cột rồi nhập lại"
    )
