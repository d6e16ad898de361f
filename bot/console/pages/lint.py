"""The report of what in the knowledge should be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.exports import give_list
from bot.console.fields import OneOf
from bot.console.forms import read_query
from bot.console.knowledge.library import LIBRARY, Shelf
from bot.console.knowledge.linting import LINTING, Report
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked, listing, sliced
from bot.console.redirects import address
from bot.console.render import page
from bot.console.resolvers import in_path, out_of_path
from bot.console.routing import Room
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.models import EVERYWHERE
from bot.officials.permissions import Action
from knowledge.lint.findings import Finding, Severity

room: Final = Room("lint")
AGAIN_SECONDS: Final = 3
A_FILE: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReport(Asked):
    """How grave."""

    severity: Annotated[Severity | None, OneOf(Severity)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A finding, and the page on which it is mended, when there is one."""

    finding: Finding
    link: str


@room.page("/lint", Action.KNOWLEDGE_SEE, queries=1, menu="lint")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what was found at one office, by how grave it is."""
    shelf, asked = await _shelf(request, actor), read_query(request.query, AskedReport)
    report = await request.app[LINTING].report(shelf.layers, shelf.office, today(request))
    if report is None:
        return _running(request)
    asked = replace(asked, severity=asked.severity or _gravest(report))
    found = sliced(report.findings[asked.severity or Severity.ERROR], asked.page)
    chosen = in_path(shelf.office)
    return page(
        request,
        "lint/report.html",
        asked=asked,
        chosen=chosen,
        offices=offices_to_choose(request, actor, Action.KNOWLEDGE_SEE),
        report=report,
        severities=list(_tabs(request, report, chosen)),
        here_tab=_tab(request, asked.severity or Severity.ERROR, chosen),
        shown=listing(request, asked, found.turned(lambda one: _linked(request, shelf, one))),
        clean=not any(report.findings.values()),
    )


@room.page("/lint/file", Action.KNOWLEDGE_SEE, queries=8)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give everything found as a spreadsheet."""
    shelf, asked = await _shelf(request, actor), read_query(request.query, AskedReport)
    linting = request.app[LINTING]
    # A file is waited for longer than a page.
    report = await linting.report(shelf.layers, shelf.office, today(request), wait=A_FILE)
    if report is None:
        return _running(request)
    sheet = Sheet(
        title=say("lint.title"),
        headings=[say(f"lint.{one}") for one in ("severity", "subject", "field", "why", "do")],
        rows=tuple(
            (say(f"lint.{one.severity}"), f"{one.subject} {one.name}", one.label, one.why, one.do)
            for one in report.all
        ),
    )
    return await give_list(request, actor, sheet, asked, name="lint", stem="kiem-tra")


def _running(request: web.Request) -> web.Response:
    """Say that it is being worked out; the browser asks again by itself."""
    waiting = page(request, "lint/running.html", again=request.path_qs)
    waiting.headers["Refresh"] = str(AGAIN_SECONDS)
    return waiting


async def _shelf(request: web.Request, actor: Actor) -> Shelf:
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    return await request.app[LIBRARY].shelf(out_of_path(chosen_office(request, actor, offices)))


def _gravest(report: Report) -> Severity:
    return next((one for one, found in report.findings.items() if found), Severity.ERROR)


def _tab(request: web.Request, severity: Severity, chosen: str) -> str:
    return address(request, "lint.overview", {"office": chosen, "severity": str(severity)})


def _tabs(request: web.Request, report: Report, chosen: str) -> Iterator[tuple[str, str]]:
    for severity, found in report.findings.items():
        label = say("lint.counted", label=say(f"lint.{severity}"), count=len(found))
        yield _tab(request, severity, chosen), label


def _linked(request: web.Request, shelf: Shelf, finding: Finding) -> Linked:
    return Linked(finding=finding, link=_where(request, shelf, finding.subject))


def _where(request: web.Request, shelf: Shelf, subject: str) -> str:
    office = in_path(shelf.office)
    if shelf.card(subject):
        return address(request, "cards.card", office=office, code=subject)
    if shelf.guide(subject):
        return address(request, "guides.guide", office=office, ref=subject)
    if any(one.phone == subject for one in shelf.snapshot.hotlines):
        return address(request, "contacts.hotline", office=office, phone=subject)
    if any(one.code == subject for one in shelf.snapshot.offices) and subject != EVERYWHERE:
        return address(request, "contacts.office", office=subject)
    return ""
