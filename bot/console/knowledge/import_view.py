"""What a table would do, as a page and a spreadsheet show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.console.words import say
from knowledge.columns import columns
from knowledge.weighing import Effect, Weighed, Weighing

ORDER: Final = (Effect.NEW, Effect.CHANGED, Effect.ABOLISHED)


class Part(StrEnum):
    """A part of what came of reading a table."""

    ROWS = "rows"
    FAULTS = "faults"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A fee, times or papers before and after; ``narrowed`` when other cases are told no more."""

    field: str
    before: str
    after: str
    narrowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """One row that does something."""

    row: int
    code: str
    name: str
    effect: Effect
    fields: str
    figures: tuple[Figure, ...]


def rows_of(weighing: Weighing) -> list[Weighed]:
    """Give the rows that do something, new ones first."""
    return [row for effect in ORDER for row in weighing.of(effect)]


def shown_rows(weighing: Weighing) -> list[ShownRow]:
    """Give the same as the page shows them."""
    return list(map(_shown, rows_of(weighing)))


def row_cells(weighing: Weighing) -> Iterator[Sequence[str | int | None]]:
    """Give the same as cells: one row for each figure that changes, at least one for each row."""
    for row in map(_shown, rows_of(weighing)):
        told = (row.row, row.code, row.name, say(f"import_effects.{row.effect}"), row.fields)
        for figure in row.figures:
            yield *told, figure.before, figure.after
        if not row.figures:
            yield *told, "", ""


def fault_cells(weighing: Weighing) -> Iterator[Sequence[str | int | None]]:
    """Give what is wrong, as cells."""
    return ((fault.row, fault.column, fault.problem) for fault in weighing.faults)


def _shown(row: Weighed) -> ShownRow:
    headings = columns().headings
    return ShownRow(
        row=row.row,
        code=row.code,
        name=row.name,
        effect=row.effect,
        fields=columns().told(row.fields),
        figures=tuple(
            Figure(field=headings[name], before=before, after=after, narrowed=name in row.narrowed)
            for name, (before, after) in row.figures.items()
        ),
    )
