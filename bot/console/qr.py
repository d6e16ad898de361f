"""A QR code as a path of an SVG picture, so that it stands in the page and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Final

import segno

QUIET_ZONE: Final = 4  # modules, ISO/IEC 18004


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """The side of the picture in modules, and the path of its dark ones."""

    side: int
    path: str


def draw(text: str) -> Drawn:
    """Draw ``text``, readable with a seventh of it spoilt."""
    code = segno.make(text, error="m", micro=False)
    runs = (
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(code.matrix, QUIET_ZONE)
        for x, length in _dark(row)
    )
    return Drawn(side=len(code.matrix) + 2 * QUIET_ZONE, path="".join(runs))


def _dark(row: bytearray) -> list[tuple[int, int]]:
    """Give where the dark runs of a row begin and how long they are."""
    runs, x = [], QUIET_ZONE
    for dark, run in groupby(row):
        length = len(list(run))
        if dark:
            runs.append((x, length))
        x += length
    return runs
