"""Files of what was learnt: a term a line, and its whole numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

# A number is kept as a whole number of hundredths.
SCALE: Final = 100
Row = Sequence[int]


def read_table(path: Path) -> Mapping[str, Row]:
    """Read the rows of a file, a line at a time: they are many."""
    rows = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            term, *row = line.split("\t")
            rows[term] = tuple(map(int, row))
    return rows


def written(rows: Mapping[str, Row]) -> str:
    """Give the text of such a file."""
    return "".join("\t".join((term, *map(str, row))) + "\n" for term, row in sorted(rows.items()))
