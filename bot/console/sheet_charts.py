"""A chart on a sheet of its own, drawn by the spreadsheet from the figures beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties

from broadcasts.documents.records import Chart

# The figures begin below the description and an empty row.
HEAD: Final = 3
WIDTH, HEIGHT = 24.0, 11.0
# As in documents: told apart in black and white.
SOLIDS: Final = ("404040", "", "A6A6A6", "FFFFFF")


def chart_sheet(sheet: Any, chart: Chart, text: Callable[[Any, str], Any]) -> None:  # noqa: ANN401 - the stubs call it a Worksheet
    """Fill ``sheet`` with the chart's description, its figures, and the drawing.

    ``text`` makes a cell of words that is never run as a formula.
    """
    sheet.append([text(sheet, chart.description)])
    sheet.append([])
    sheet.append([text(sheet, one) for one in (chart.axis, *chart.series)])
    for label, figures in chart.places:
        sheet.append([text(sheet, label), *figures])
    if chart.places:
        sheet.add_chart(_drawn(sheet, chart), "H1")


def _drawn(sheet: Any, chart: Chart) -> Any:  # noqa: ANN401 - as above
    made: Any = BarChart()
    made.type, made.grouping, made.overlap = "col", "stacked", 100
    made.title, made.width, made.height = chart.title, WIDTH, HEIGHT
    made.x_axis.title = chart.axis
    # Left to itself the library writes both axes as deleted.
    made.x_axis.delete = made.y_axis.delete = False
    last, across = HEAD + len(chart.places), 1 + len(chart.series)
    figures = Reference(sheet, min_col=2, max_col=across, min_row=HEAD, max_row=last)
    made.add_data(figures, titles_from_data=True)
    made.set_categories(Reference(sheet, min_col=1, min_row=HEAD + 1, max_row=last))
    for place, one in enumerate(made.series):
        _filled(one.graphicalProperties, SOLIDS[place % len(SOLIDS)])
    return made


def _filled(shape: Any, solid: str) -> None:  # noqa: ANN401 - as above
    shape.line.solidFill = "000000"
    if solid:
        shape.solidFill = solid
        return
    made: Any = ColorChoice  # Its stub knows no plain colour.
    ink, paper = (made(srgbClr=one) for one in ("000000", "FFFFFF"))
    shape.pattFill = PatternFillProperties(prst="wdUpDiag", fgClr=ink, bgClr=paper)
