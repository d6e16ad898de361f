"""How an office answers what citizens tell it: on the screen, as a spreadsheet, as a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import offices_to_filter
from bot.console.exports import give_document, give_list
from bot.console.feedback.report_sheets import STEM, report_sheet
from bot.console.feedback.reporting import (
    AskedReport,
    quarter_with_cases,
    report_asked,
    stretch_asked,
)
from bot.console.forms import read_query
from bot.console.knowledge.resolving import today
from bot.console.render import page
from bot.console.routing import Room
from bot.feedback.reports.charts import charts
from bot.feedback.reports.document import document as written
from bot.feedback.reports.figures import Side
from bot.feedback.reports.naming import report_words, stretch_called
from bot.feedback.reports.report import Report, sentences
from bot.feedback.reports.stretches import offered
from bot.feedback.reports.tables import compared, levels_table, overdue_table, side_tables
from bot.officials.permissions import Action
from bot.web.charts import bars_of, drawn
from broadcasts.documents.numbers import cell_text
from broadcasts.documents.records import Align, Table

room: Final = Room("case_reports")
# Of what is overdue the page shows so many; the spreadsheet has all.
MOST_SHOWN: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A table of the report as text; ``name`` is the column that says what a row is about."""

    caption: str
    headings: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, ...], ...]
    name: int = 0


@room.page("/case-reports", Action.CASE_REPORTS, queries=13, menu="case_reports")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the figures of a stretch, beside those of others."""
    asked = read_query(request.query, AskedReport)
    stretch, report = stretch_asked(request, asked), await report_asked(request, actor)
    codes = dict.fromkeys((stretch, *offered(today(request))))
    instead = await quarter_with_cases(request, actor) if report.this.whole.is_empty else None
    return page(
        request,
        "case_reports/report.html",
        asked=asked,
        called=stretch_called(stretch),
        chosen=stretch.code,
        days=stretch.days,
        stretches=[(one.code, stretch_called(one)) for one in codes],
        offices=offices_to_filter(request, actor, Action.CASE_REPORTS),
        reporter=report.office,
        sums=sentences(report.this),
        charts=[drawn(bars_of(f"chart-{place}", one)) for place, one in enumerate(charts(report))],
        tables=tuple(_tables(report)),
        instead=instead and (instead.code, stretch_called(instead)),
        overdue=_shown(overdue_table(report, MOST_SHOWN)),
        overdue_count=len(report.this.overdue),
        words=report_words(),
    )


@room.page("/case-reports/file", Action.CASE_REPORTS, queries=18, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the same figures as a spreadsheet."""
    sheet = report_sheet(await report_asked(request, actor))
    asked = read_query(request.query, AskedReport)
    return await give_list(request, actor, sheet, asked, name="case_reports", stem=STEM)


@room.page("/case-reports/document", Action.CASE_REPORTS, queries=18, heavy=True)
async def document(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the report as a draft in the form of an administrative document."""
    asked = read_query(request.query, AskedReport)
    report = await report_asked(request, actor)
    return await give_document(
        request,
        actor,
        written(report, today(request)),
        asked,
        name="case_reports",
        file=f"{STEM}-{report.stretch.code}.docx",
    )


def _tables(report: Report) -> Iterator[Shown]:
    yield _shown(compared(report))
    for side in Side:
        for table in side_tables(report, side):
            yield _shown(table, name=1)
    if report.this.whole.rated:
        yield _shown(levels_table(report.this))


def _shown(table: Table, name: int = 0) -> Shown:
    return Shown(
        caption=table.caption,
        headings=tuple(
            (one.heading, "number" if one.align is Align.NUMBER else "") for one in table.columns
        ),
        rows=tuple(tuple(cell_text(cell) or "–" for cell in row) for row in table.rows),
        name=name,
    )
