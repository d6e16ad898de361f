"""The charts of a report: the same figures on the screen, in the spreadsheet, in the document."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from broadcasts.documents.numbers import filled
from broadcasts.documents.records import Chart
from broadcasts.reports.figures import Counted, PlanFigures

DATA: Final = Path(__file__).with_name("data") / "charts.vi.toml"


def entries_chart(figures: PlanFigures) -> Chart:
    """Draw for each entry what became of what it asks for; a column is as high as is planned."""
    words, total = chart_words(), figures.total
    return Chart(
        title=words["entries"],
        description=filled(
            words["entries_says"],
            planned=total.planned,
            done=total.done,
            late=total.done_late,
            overdue=total.overdue,
        ),
        axis=words["entry"],
        series=tuple(words[one] for one in ("in_time", "done_late", "overdue", "ahead")),
        places=tuple(
            (one.entry.no or str(place), parted(one.counted))
            for place, one in enumerate(figures.entries, 1)
        ),
    )


def parted(counted: Counted) -> tuple[int, int, int, int]:
    """Part what was asked for: done in time, done late, overdue, not due yet; it adds up."""
    ahead = counted.planned - counted.done - counted.overdue
    return counted.done - counted.done_late, counted.done_late, counted.overdue, ahead


@cache
def chart_words() -> Mapping[str, str]:
    """Give the words of the charts, read once."""
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
