"""What the columns of a table of activities are, by the words of their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from broadcasts.plans.document import Row, Span, one_line
from broadcasts.plans.words import key, keys, words

LONGEST_HEADING: Final = 90
_MONTH: Final = re.compile(r"(?:thang|t) ?(\d{1,2})(?: 20\d\d)?")
_QUARTER: Final = re.compile(r"(?:quy|q) ?(iv|i{1,3}|[1-4])(?: 20\d\d)?")
_COUNTED: Final = re.compile(r"\(?(?:\d{1,2}|[a-z])\)?")
_MOST_MONTHS: Final = 12
_FEWEST_COUNTED: Final = 3


class Kind(StrEnum):
    """What a column tells of an activity; ``SLOT`` is a month or quarter that may be ticked."""

    NO = "no"
    CONTENT = "content"
    FORMS = "forms"
    LEAD = "lead"
    COOPERATING = "cooperating"
    TIME = "time"
    BEGINS = "begins"
    ENDS = "ends"
    SLOT = "slot"
    PRODUCT = "product"
    BUDGET = "budget"
    NOTE = "note"
    AUDIENCE = "audience"
    PLAIN = "plain"
    UNKNOWN = "unknown"


# A table with none of these is a budget or a list of documents, not of activities.
TELLING: Final = frozenset(
    {Kind.LEAD, Kind.COOPERATING, Kind.TIME, Kind.BEGINS, Kind.SLOT, Kind.FORMS, Kind.AUDIENCE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its heading as written, and what it tells."""

    title: str
    kind: Kind
    # The lead's column also tells who helps.
    mixed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The columns of a table and how many rows name them."""

    columns: tuple[Column, ...]
    height: int

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Give what each column tells."""
        return tuple(column.kind for column in self.columns)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Give the headings nobody knows."""
        return tuple(one.title for one in self.columns if one.kind is Kind.UNKNOWN and one.title)


def header_at(rows: Sequence[Row], place: int) -> Header | None:
    """Read the heading that begins at a row, over one row, two or three; None where none does."""
    if not _may_name(rows[place]):
        return None
    height = 1
    while height < _FEWEST_COUNTED and _goes_on(rows, place, height):
        height += 1
    header = _read(rows[place : place + height])
    return header if _tells(header) else None


def _tells(header: Header) -> bool:
    """Tell whether columns are those of activities: most are known, and one of the telling."""
    kinds = set(header.kinds)
    named = [one for one in header.columns if one.title]
    known = sum(one.kind is not Kind.UNKNOWN for one in named)
    slots = sum(one.kind is Kind.SLOT for one in named)
    telling = kinds & TELLING - ({Kind.SLOT} if slots == 1 else set())
    return Kind.CONTENT in kinds and bool(telling) and known * 2 > len(named)


def is_count(row: Row) -> bool:
    """Tell whether a row only counts the columns: (1), (2), (3) or A, B, 1, 2."""
    told = [one_line(text) for text in row.texts if text]
    if len(told) < _FEWEST_COUNTED:
        return False
    return all(_COUNTED.fullmatch(text.lower()) for text in told)


def kind_of(title: str) -> Kind:
    """Tell what a heading announces: the phrase that stands first, the longest of several."""
    told = f" {key(title)} "
    if _MONTH.fullmatch(told.strip()) or _QUARTER.fullmatch(told.strip()):
        return Kind.SLOT
    return _first(told, "columns") or _first(told, "columns_weak") or Kind.UNKNOWN


def _first(told: str, part: str) -> Kind | None:
    found = [
        (told.index(f" {phrase} "), -len(phrase), name)
        for name in words(part)
        for phrase in keys(part, name)
        if f" {phrase} " in told
    ]
    return Kind(min(found)[2]) if found else None


def _may_name(row: Row) -> bool:
    told = [text for text in row.texts if text]
    numbered = bool(told) and told[0].strip(" .").isdigit()
    short = all(len(text) <= LONGEST_HEADING for text in told)
    if len(set(told)) <= 1 or not short or numbered:
        return False
    own = [cell.text for cell in row.cells if cell.text and cell.span is Span.OWN]
    return sum(kind_of(text) is not Kind.UNKNOWN for text in own) * 2 >= len(own)


def _goes_on(rows: Sequence[Row], place: int, height: int) -> bool:
    """A second row of headings names what the first left open, and holds nothing else."""
    if place + height >= len(rows):
        return False
    below = rows[place + height]
    own = [cell.text for cell in below.cells if cell.text and cell.span is Span.OWN]
    if not own or is_count(below) or any(len(text) > LONGEST_HEADING for text in own):
        return False
    parts = _parts_of(rows[place], below)
    return bool(parts) and all(_names(text) for text in own)


def _parts_of(above: Row, below: Row) -> list[str]:
    """Give the texts that stand under a heading over several columns, or over none."""
    pairs = zip(above.cells, below.cells, strict=False)
    return [low.text for top, low in pairs if low.text and (top.span is Span.LEFT or not top.text)]


def _names(text: str) -> bool:
    return kind_of(text) is not Kind.UNKNOWN or text.strip().isdigit()


def _read(rows: Sequence[Row]) -> Header:
    width = max(len(row.cells) for row in rows)
    titles = [_titles(rows, column) for column in range(width)]
    return Header(columns=tuple(map(_column, titles)), height=len(rows))


def _titles(rows: Sequence[Row], column: int) -> tuple[str, ...]:
    told: list[str] = []
    for row in rows:
        text = one_line(row.cells[column].text) if column < len(row.cells) else ""
        if text and text not in told:
            told.append(text)
    return tuple(told)


def _column(titles: tuple[str, ...]) -> Column:
    title = " / ".join(titles)
    if not titles:
        return Column(title="", kind=Kind.UNKNOWN)
    last = titles[-1]
    if last.isdigit() and int(last) <= _MOST_MONTHS and len(titles) > 1:
        return Column(title=f"Tháng {last}", kind=Kind.SLOT)
    kind = kind_of(last)
    kind = kind_of(title) if kind is Kind.UNKNOWN else kind
    if kind is Kind.SLOT:
        return Column(title=last, kind=kind)
    return Column(title=title, kind=kind, mixed=kind is Kind.LEAD and _helps(last))


def _helps(title: str) -> bool:
    told = f" {key(title)} "
    return any(f" {phrase} " in told for phrase in keys("columns", Kind.COOPERATING))
