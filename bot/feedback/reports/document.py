"""The report as an administrative document; its numbers are those of the other forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from bot.feedback.reports.charts import charts
from bot.feedback.reports.figures import Side
from bot.feedback.reports.naming import report_words, stretch_called
from bot.feedback.reports.report import Report, sentences
from bot.feedback.reports.tables import compared, levels_table, overdue_table, side_tables
from broadcasts.documents.numbers import day_text, filled
from broadcasts.documents.records import (
    AdministrativeDocument,
    Appendix,
    Block,
    Heading,
    Paragraph,
)
from broadcasts.reports.issuers import head_name, place_name, signing, symbol, whole_name

# Of what is overdue the document lists so many; the spreadsheet has all.
MOST_LISTED: Final = 300


def document(report: Report, today: date) -> AdministrativeDocument:
    """Write the draft; number, day and proposals are left to the office."""
    words = report_words()
    return AdministrativeDocument(
        issuer=head_name(report.office),
        symbol=symbol(report.office),
        place=place_name(report.office),
        dated=today,
        kind=words["kind"],
        subject=words["subject"].format(stretch=stretch_called(report.stretch)),
        blocks=tuple(_blocks(report)),
        recipients=(words["recipient"],),
        signing=signing(report.office),
        appendices=tuple(_appendices(report)),
    )


def _blocks(report: Report) -> Iterator[Block]:
    words, days = report_words(), report.stretch.days
    yield Paragraph(
        text=words["opening"].format(
            office=whole_name(report.office),
            stretch=stretch_called(report.stretch),
            begin=day_text(days.start),
            end=day_text(days.end),
        )
    )
    yield Heading(text=words["results"])
    yield from (Paragraph(text=one) for one in sentences(report.this))
    yield from charts(report)
    yield Heading(text=words["compared"])
    yield replace(compared(report), caption="")
    yield Heading(text=words["by_side"])
    for side in Side:
        yield from side_tables(report, side)
    if report.this.whole.rated:
        yield levels_table(report.this)
    yield Heading(text=words["overdue_list"])
    yield Paragraph(text=_overdue(report))
    yield Heading(text=words["proposals"])
    yield Paragraph(text=words["to_write"])


def _overdue(report: Report) -> str:
    words, count = report_words(), len(report.this.overdue)
    if not count:
        return str(words["no_overdue"])
    if count > MOST_LISTED:
        return filled(words["overdue_cut"], shown=MOST_LISTED, count=count)
    return filled(words["overdue_in"], count=count)


def _appendices(report: Report) -> Iterator[Appendix]:
    if report.this.overdue:
        table = replace(overdue_table(report, MOST_LISTED), caption="")
        yield Appendix(title=report_words()["overdue_list"], blocks=(table,), landscape=True)
