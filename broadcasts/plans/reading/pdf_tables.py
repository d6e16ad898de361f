"""Tables on a page of PDF: cells by their lines, merged ones told apart, words in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from broadcasts.plans.document import Cell, Span, clean
from broadcasts.plans.reading.pdf_lines import lines_of, paragraphs_of

# In points: edges nearer than that are one.
_NEAR: Final = 3.0
_LONG: Final = 8.0
_PADDING: Final = 2.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A table as drawn on one page: its frame, and the left edges of its columns."""

    box: Box
    columns: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables_of(page: Any, words: Sequence[Any], before: Drawn | None) -> list[Drawn]:  # noqa: ANN401
    """Find the tables of a page; one that goes on from ``before`` keeps its columns."""
    told = []
    for table in page.find_tables(
        {
            "vertical_strategy": "lines",
            "horizontal_strategy": "lines",
            "explicit_horizontal_lines": _open_ends(page),
        }
    ):
        boxes: list[Box] = [tuple(cell) for cell in table.cells]
        columns = _merged([box[0] for box in boxes])
        if before and _fits(before.box, table.bbox) and len(before.columns) > len(columns):
            columns = before.columns
        rows = tuple(_rows(boxes, columns, words))
        told.append(Drawn(box=tuple(table.bbox), columns=columns, rows=rows))
    return told


def is_within(word: Any, box: Box) -> bool:  # noqa: ANN401
    """Tell whether the middle of a word lies in a frame."""
    across, down = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= across <= box[2] and box[1] <= down <= box[3])


def _open_ends(page: Any) -> list[float]:  # noqa: ANN401
    """Close a table that the page's end cut: where its upright lines end there is an edge."""
    upright = [one for one in page.edges if one["orientation"] == "v" and _height(one) > _LONG]
    level = [one["top"] for one in page.edges if one["orientation"] == "h"]
    ends = {round(one[side], 1) for one in upright for side in ("top", "bottom")}
    return [end for end in _merged(sorted(ends)) if all(abs(end - at) > _NEAR for at in level)]


def _height(edge: Any) -> float:  # noqa: ANN401
    return float(edge["bottom"] - edge["top"])


def _merged(edges: Sequence[float]) -> tuple[float, ...]:
    told: list[float] = []
    for edge in sorted(edges):
        if not told or edge - told[-1] > _NEAR:
            told.append(edge)
    return tuple(told)


def _fits(box: Box, other: Box) -> bool:
    return abs(box[0] - other[0]) <= _NEAR and abs(box[2] - other[2]) <= _NEAR


def _rows(
    boxes: list[Box], columns: tuple[float, ...], words: Sequence[Any]
) -> list[tuple[Cell, ...]]:
    """Lay the cells of a table out by rows; a place a merged cell covers says where it began."""
    tops = _merged([box[1] for box in boxes])
    end = max(box[2] for box in boxes)
    middles = [(left + right) / 2 for left, right in pairwise((*columns, end))]
    texts = {box: _text(box, words) for box in boxes}
    places = list(zip(middles, columns, strict=True))
    return [tuple(_cell(texts, (across, top), left) for across, left in places) for top in tops]


def _cell(texts: dict[Box, str], place: tuple[float, float], left: float) -> Cell:
    across, top = place
    down = top + _NEAR + 1
    found = [box for box in texts if box[0] < across < box[2] and box[1] < down < box[3]]
    if not found:
        return Cell(text="")
    box = min(found, key=lambda one: (one[2] - one[0]) * (one[3] - one[1]))
    if box[1] < top - _NEAR:
        return Cell(text=texts[box], span=Span.ABOVE)
    return Cell(text=texts[box], span=Span.LEFT if box[0] < left - _NEAR else Span.OWN)


def _text(box: Box, words: Sequence[Any]) -> str:
    lines = lines_of(word for word in words if is_within(word, box))
    edge = min((line.left for line in lines), default=box[0]) - box[0]
    padding = min(max(edge, _PADDING), _LONG)
    return clean("\n".join(paragraphs_of(lines, width=box[2] - box[0] - 2 * padding)))
