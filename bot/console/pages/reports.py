"""How far a plan is: on the screen with a chart, as a table, as an administrative document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import office_names
from bot.console.exports import give_document, give_list
from bot.console.fields import OneOf
from bot.console.forms import read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked
from bot.console.pages.plans import plan_in_path
from bot.console.render import page
from bot.console.routing import Room
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.permissions import Action
from bot.storage.evidence_rows import evidence_of
from bot.storage.plan_rows import PlanStatus, StoredEntry, StoredPlan, entries_of, plans_at
from bot.storage.sent_kinds import sent_by_kind
from bot.storage.slot_rows import slots_of_entries
from bot.web.charts import bars_of, drawn
from broadcasts.reports.charts import entries_chart
from broadcasts.reports.document import Issue, report, term_called
from broadcasts.reports.figures import PlanFigures, Reported, figures
from broadcasts.reports.issuers import place_name
from broadcasts.reports.kinds import SentKind, in_all, in_order
from broadcasts.reports.terms import Term, latest, span_of
from broadcasts.text import stem

room: Final = Room("reports")
COLUMNS: Final = ("no", "content", "lead", "planned", "done", "done_late", "overdue", "evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReport(Asked):
    """Which stretch of the year."""

    term: Annotated[Term | None, OneOf(Term)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A plan's figures for a term, and the news its office sent meanwhile."""

    plan: StoredPlan
    term: Term
    figures: PlanFigures
    news: tuple[SentKind, ...]

    @property
    def called(self) -> str:
        """What the report is called: "Báo cáo quý I năm 2026"."""
        return say("reports.of", term=term_called(self.term, self.plan.year))


@room.page("/reports", Action.PLANS_SEE, queries=3, menu="reports")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """List the plans in force, each with the terms it may be reported on."""
    async with request.app[CONSOLE].database.reading() as connection:
        plans = await plans_at(connection, actor.offices(Action.PLANS_SEE))
    return page(
        request,
        "reports/list.html",
        plans=[one for one in plans if one.status is not PlanStatus.DRAFT],
        names=office_names(request),
    )


@room.page("/reports/plan/{plan}", Action.PLANS_SEE, of=plan_in_path, queries=7)
async def plan(request: web.Request, _: Actor) -> web.StreamResponse:
    """Show how far a plan is in a term."""
    known = await _report(request)
    return page(
        request,
        "reports/plan.html",
        known=known,
        terms=[(one, say(f"values.term_{one}")) for one in Term],
        sums=in_all(known.news),
        chart=drawn(bars_of("entries", entries_chart(known.figures))),
    )


@room.page("/reports/plan/{plan}/file", Action.PLANS_SEE, of=plan_in_path, queries=13, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the same figures as a spreadsheet."""
    known = await _report(request)
    sheet = Sheet(
        title=known.called,
        headings=[say(f"reports.{one}") for one in COLUMNS],
        rows=tuple(
            (
                one.entry.no,
                one.entry.content,
                "; ".join(one.entry.lead),
                one.counted.planned,
                one.counted.done,
                one.counted.done_late,
                one.counted.overdue,
                one.evidence,
            )
            for one in known.figures.entries
        ),
        conditions=(
            (say("reports.plan"), known.plan.title or say("plans.untitled")),
            (say("reports.year"), str(known.plan.year)),
        ),
        charts=(entries_chart(known.figures),),
        more=(_news(known.news),),
    )
    asked = AskedReport(term=known.term)
    return await give_list(request, actor, sheet, asked, name="reports", stem=stem(known.called))


@room.page(
    "/reports/plan/{plan}/document", Action.PLANS_SEE, of=plan_in_path, queries=13, heavy=True
)
async def document(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the report as a draft in the form of an administrative document."""
    known = await _report(request)
    offices = request.app[CONSOLE].conversation.desk.knowledge.offices
    office = offices.get(known.plan.office)
    issue = Issue(
        issuer=known.plan.issuer or (office.name if office else ""),
        place=place_name(office.name) if office else "",
        plan=known.plan.title or say("plans.untitled"),
        number=known.plan.number,
        term=known.term,
        year=known.plan.year,
        today=today(request),
    )
    return await give_document(
        request,
        actor,
        report(issue, known.figures, known.news),
        AskedReport(term=known.term),
        name="reports",
        file=f"{stem(known.called)}.docx",
    )


def _news(sent: tuple[SentKind, ...]) -> Sheet:
    return Sheet(
        title=say("reports.by_kind"),
        headings=[say(f"reports.{one}") for one in ("kind", "texts", "runs", "reached")],
        rows=tuple((one.name, one.texts, one.runs, one.reached) for one in sent),
    )


async def _report(request: web.Request) -> Report:
    stored = found(request, StoredPlan)
    this = today(request)
    term = read_query(request.query, AskedReport).term or _usual(stored.year, this)
    async with request.app[CONSOLE].database.reading() as connection:
        entries = await entries_of(connection, stored.id)
        ids = [one.id for one in entries]
        slots = await slots_of_entries(connection, ids)
        pieces = await evidence_of(connection, ids)
        sent = await sent_by_kind(connection, stored.office, span_of(term, stored.year))
    counted = figures(
        _reported(entries),
        slots,
        [(one.entry, one.happened_on) for one in pieces],
        span=span_of(term, stored.year),
        today=this,
    )
    return Report(plan=stored, term=term, figures=counted, news=in_order(sent))


def _usual(year: int, this: date) -> Term:
    return latest(this) if year == this.year else Term.YEAR


def _reported(entries: list[StoredEntry]) -> list[Reported]:
    """Give the entries that are done by themselves; one with parts is done by its parts."""
    whole = {one.parent for one in entries}
    return [
        Reported(id=one.id, no=one.no, content=one.content, lead=one.lead)
        for one in entries
        if one.id not in whole
    ]
