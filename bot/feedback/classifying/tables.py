"""Files of what was learnt: a term a line, and its whole numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

# A number is kept as a whole number of hundredths.
SCALE: Final = 100
Row = Sequence[int]


class _Numbers(dict[str, int]):
    """Numbers by how they are written: few differ, so most are looked up, which is quicker."""

    def __missing__(self, written: str) -> int:
        self[written] = number = int(written)
        return number


def read_table(path: Path) -> Mapping[str, Row]:
    """Read the rows of a file, a line at a time: they are many."""
    rows, number = {}, _Numbers().__getitem__
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            term, *row = line[:-1].split("\t")
            rows[term] = tuple(map(number, row))
    return rows


def written(rows: Mapping[str, Row]) -> str:
    """Give the text of such a file."""
    return "".join("\t".join((term, *map(str, row))) + "\n" for term, row in sorted(rows.items()))
