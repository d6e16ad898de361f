"""The report on feedback as a spreadsheet: each table a sheet, every number a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.console.words import say
from bot.console.xlsx import Called, Sheet, Value
from bot.feedback.reports.charts import charts
from bot.feedback.reports.figures import Side
from bot.feedback.reports.naming import report_words, stretch_called
from bot.feedback.reports.report import Report
from bot.feedback.reports.tables import compared, levels_table, overdue_table, side_tables
from broadcasts.documents.numbers import day_text
from broadcasts.documents.records import Align, Cell, Table

STEM: Final = "bao-cao-phan-anh"


def report_sheet(report: Report) -> Sheet:
    """Give the book: what is compared first, then each side, then what is overdue, all of it."""
    first, *more = (_sheet(table) for table in _tables(report))
    days = report.stretch.days
    return Sheet(
        title=first.title,
        headings=first.headings,
        rows=first.rows,
        conditions=(
            (say("lists.office"), report.office),
            (say("case_reports.period"), stretch_called(report.stretch)),
            (say("lists.from"), day_text(days.start)),
            (say("lists.to"), day_text(days.end)),
        ),
        charts=charts(report),
        more=more,
    )


def _tables(report: Report) -> Iterator[Table]:
    yield compared(report)
    for side in Side:
        yield from side_tables(report, side)
    yield levels_table(report.this)
    yield overdue_table(report)


def _sheet(table: Table) -> Sheet:
    return Sheet(
        title=table.caption or str(report_words()["compared"]),
        headings=[one.heading for one in table.columns],
        rows=tuple(
            tuple(
                _value(cell, column.align) for cell, column in zip(row, table.columns, strict=True)
            )
            for row in table.rows
        ),
    )


def _value(cell: Cell, align: Align) -> Value:
    """Give a cell as it is kept; a line's place in its table is a number that nobody parts."""
    return Called(cell) if align is Align.CENTRED and isinstance(cell, int) else cell
