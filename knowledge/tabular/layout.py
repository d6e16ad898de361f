"""Texts that stand here and there on a sheet → a grid of the rows and columns that hold some.

A stray cell far from the table costs what it says, not the rectangle between them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.tabular.grid import MOST_ROWS, Grid, Row, UnreadableFile

MOST_COLUMNS: Final = 200
MOST_CELLS: Final = 600_000
MOST_PLACES: Final = 2_000_000
# Two empty rows part a title from the headings below it as well as any number of them.
WIDEST_GAP: Final = 2
REMEDY: Final = "hãy xóa dòng, cột thừa hoặc chép riêng bảng sang một tệp mới rồi nhập tệp đó"

Texts = Mapping[int, Mapping[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A block of cells shown as one; its text stands in the first. Numbers count from 1."""

    left: int
    top: int
    right: int
    bottom: int


def laid_out(where: str, name: str, texts: Texts, *, merged: Sequence[Merged] = ()) -> Grid:
    """Lay out ``texts``, by row and column counted from 1; ``where`` is told when it cannot be.

    A merged cell's text stands in each of its places.

    Raises:
        UnreadableFile: too many rows or columns hold something.
    """
    rows = _with_small_gaps(row for row, line in texts.items() if line)
    columns = _with_small_gaps(column for line in texts.values() for column in line)
    if len(texts) > MOST_ROWS or len(columns) > MOST_COLUMNS:
        most = f"tối đa {MOST_ROWS} dòng, {MOST_COLUMNS} cột có chữ"
        raise UnreadableFile(f"{where} quá lớn ({most}); {REMEDY}")
    if len(rows) * len(columns) > MOST_PLACES:
        spread = f"chữ nằm rải rác trên {len(rows)} dòng, {len(columns)} cột"
        raise UnreadableFile(f"{where} quá lớn ({spread}); {REMEDY}")
    shown, inherited = _shown(texts, merged, rows, columns)
    lines = (
        Row(row, tuple(shown[row].get(at, "") for at in columns), frozenset(inherited[row]))
        for row in rows
    )
    return Grid(name=name, rows=tuple(lines), columns=tuple(columns))


def _with_small_gaps(places: Iterable[int]) -> list[int]:
    """Give the places in order and, of each gap before one, the last few."""
    kept: list[int] = []
    last = 0
    for place in sorted(set(places)):
        kept += range(max(last + 1, place - WIDEST_GAP), place + 1)
        last = place
    return kept


def _shown(
    texts: Texts, merged: Iterable[Merged], rows: Sequence[int], columns: Sequence[int]
) -> tuple[dict[int, dict[int, str]], defaultdict[int, set[int]]]:
    """Give what each row shows, and which of its columns a merged cell above fills."""
    shown = {row: dict(texts.get(row, {})) for row in rows}
    inherited: defaultdict[int, set[int]] = defaultdict(set)
    for block in merged:
        text = texts.get(block.top, {}).get(block.left, "")
        places = _between(columns, block.left, block.right)
        for row in _between(rows, block.top, block.bottom):
            at = rows[row]
            shown[at].update((columns[place], text) for place in places)
            if at > block.top:
                inherited[at].update(places)
    return shown, inherited


def _between(places: Sequence[int], first: int, last: int) -> range:
    return range(bisect_left(places, first), bisect_right(places, last))
