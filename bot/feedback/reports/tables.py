"""The tables of a report, made once: screen, spreadsheet and document show these and no others."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.clock import VIETNAM
from bot.feedback.kinds import Kind
from bot.feedback.presses import LEVELS
from bot.feedback.reports.counted import Counted
from bot.feedback.reports.figures import Figures, Side
from bot.feedback.reports.naming import called, report_words
from bot.feedback.reports.report import Report
from broadcasts.documents.numbers import percent
from broadcasts.documents.records import Align, Cell, Column, Table


def measure(figures: Figures, name: str) -> Cell:
    """Give one measure of the whole by its name; nothing where it cannot be told."""
    if name == "merged":
        return figures.merged
    if name in set(Kind):
        return figures.ways.get(Kind(name), 0)
    value: Cell = getattr(figures.whole, name)
    return value


def compared(report: Report) -> Table:
    """Put every measure beside those of the stretch before, and of the same one last year.

    Nine months and years have both in one: there it stands once.
    """
    words = report_words()
    beside = {"before": report.before, "year_before": report.year_before}
    if report.stretch.before == report.stretch.year_before:
        del beside["before"]
    columns = [Column(heading=words["measure"], width=4.0), _number(words["this"])]
    for name in beside:
        columns += [_number(words[name]), _number(words["change"])]
    rows: list[tuple[Cell, ...]] = []
    for name, label in words["measures"].items():
        now = measure(report.this, name)
        row: list[Cell] = [label, now]
        for figures in beside.values():
            then = measure(figures, name)
            row += [then, _change(now, then)]
        rows.append(tuple(row))
    return Table(columns=tuple(columns), rows=tuple(rows), caption=words["compared"])


def _change(now: Cell, then: Cell) -> Cell:
    if isinstance(now, int) and isinstance(then, int):
        return now - then
    if isinstance(now, Decimal) and isinstance(then, Decimal):
        return now - then
    return None


def side_tables(report: Report, side: Side) -> tuple[Table, Table]:
    """Give the counts of a side, and how quickly and how well it was answered; last the whole."""
    words, lines = report_words(), lines_of(report, side)
    counts = tuple(
        (number, name, *(getattr(one, key) for key in words["counts"]))
        for number, name, one in lines
    )
    qualities = tuple(
        (number, name, *(getattr(one, key) for key in words["qualities"]))
        for number, name, one in lines
    )
    return (
        Table(
            columns=_columns(side, words["counts"]),
            rows=counts,
            caption=words["sides"][side],
            totals=True,
        ),
        Table(
            columns=_columns(side, words["qualities"]),
            rows=qualities,
            caption=words["quality_of"][side],
            totals=True,
        ),
    )


def lines_of(report: Report, side: Side) -> list[tuple[Cell, str, Counted]]:
    """Give the lines of a side with their places, and the whole without one."""
    known = report.this.sides[side]
    named = sorted((called(side, key, report.units), key) for key in known)
    lines: list[tuple[Cell, str, Counted]] = [
        (place, name, known[key]) for place, (name, key) in enumerate(named, 1)
    ]
    return [*lines, (None, report_words()["total"], report.this.whole)]


def levels_table(figures: Figures) -> Table:
    """Give how satisfied people said they are, the best level first."""
    words, whole = report_words(), figures.whole
    rows = tuple(
        (words["levels"][str(level)], count, percent(count, whole.rated) if whole.rated else None)
        for level, count in reversed(list(zip(LEVELS, whole.levels, strict=True)))
    )
    columns = (
        Column(heading=words["level"], width=4.0),
        _number(words["count"]),
        _number(words["share"]),
    )
    return Table(columns=columns, rows=rows, caption=words["levels_of"])


def overdue_table(report: Report, most: int | None = None) -> Table:
    """List what is overdue, the longest first: no reference, by which anybody may look it up."""
    words = report_words()
    rows = tuple(
        (
            str(one.case),
            called(Side.KIND, one.kind, {}),
            called(Side.TOPIC, one.topic, {}),
            called(Side.UNIT, "" if one.unit is None else str(one.unit), report.units),
            one.received_at.astimezone(VIETNAM),
            one.due_at.astimezone(VIETNAM) if one.due_at else None,
        )
        for one in report.this.overdue[:most]
    )
    headings = (
        (words["case"], 0.8),
        (words["headings"]["kind"], 1.2),
        (words["headings"]["topic"], 2.5),
        (words["headings"]["unit"], 2.5),
        (words["received_on"], 1.5),
        (words["due_on"], 1.5),
    )
    columns = tuple(Column(heading=heading, width=width) for heading, width in headings)
    return Table(columns=columns, rows=rows, caption=words["overdue_list"])


def _columns(side: Side, numbers: Mapping[str, str]) -> tuple[Column, ...]:
    words = report_words()
    return (
        Column(heading=words["number"], width=0.6, align=Align.CENTRED),
        Column(heading=words["headings"][side], width=3.2),
        *map(_number, numbers.values()),
    )


def _number(heading: str) -> Column:
    return Column(heading=heading, width=1.1, align=Align.NUMBER)
