"""The report of what in the knowledge should be mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.exports import give_list
from bot.console.fields import Code, OneOf
from bot.console.formats import number
from bot.console.forms import read_query
from bot.console.knowledge.library import LIBRARY, Shelf
from bot.console.knowledge.linting import LINTING, Group, Report
from bot.console.knowledge.mending import where
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked, listing, sliced
from bot.console.redirects import address
from bot.console.render import page
from bot.console.resolvers import in_path, out_of_path
from bot.console.routing import Room
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.permissions import Action
from knowledge.lint.findings import Finding, Severity

room: Final = Room("lint")
AGAIN_SECONDS: Final = 3
A_FILE: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReport(Asked):
    """How grave, or which rule is broken."""

    severity: Annotated[Severity | None, OneOf(Severity)] = None
    rule: Annotated[str, Code()] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A finding, and where it is mended, when there is such a page."""

    finding: Finding
    link: str


@room.page("/lint", Action.KNOWLEDGE_SEE, queries=1, menu="lint")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show how much of each kind was found at one office, or all of one kind."""
    shelf, asked = await _shelf(request, actor), read_query(request.query, AskedReport)
    report = await request.app[LINTING].report(shelf.layers, shelf.office, today(request))
    if report is None:
        return _running(request)
    chosen = in_path(shelf.office)
    group = next((one for one in report.groups if one.rule == asked.rule), None)
    if group:
        return _of_one_kind(request, actor, shelf, asked, group)
    severity = asked.severity or _gravest(report)
    return page(
        request,
        "lint/report.html",
        chosen=chosen,
        offices=offices_to_choose(request, actor, Action.KNOWLEDGE_SEE),
        report=report,
        severities=list(_tabs(request, report, chosen)),
        here_tab=_tab(request, severity, chosen),
        groups=report.ours(severity),
    )


def _of_one_kind(
    request: web.Request, actor: Actor, shelf: Shelf, asked: AskedReport, group: Group
) -> web.Response:
    edits = actor.may(Action.KNOWLEDGE_PREPARE, shelf.office)
    found = sliced(group.findings, asked.page).turned(
        lambda one: Linked(finding=one, link=where(request, shelf, one, edits=edits))
    )
    return page(
        request,
        "lint/kind.html",
        chosen=in_path(shelf.office),
        group=group,
        shown=listing(request, asked, found),
    )


@room.page("/lint/file", Action.KNOWLEDGE_SEE, queries=8, heavy=True)
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
            (
                say(f"lint.{one.severity}"),
                f"{one.subject} {one.name}",
                one.label,
                one.why,
                say(f"lint_do.{one.rule}"),
            )
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
    return next((one for one in Severity if report.ours(one)), Severity.ERROR)


def _tab(request: web.Request, severity: Severity, chosen: str) -> str:
    return address(request, "lint.overview", {"office": chosen, "severity": str(severity)})


def _tabs(request: web.Request, report: Report, chosen: str) -> Iterator[tuple[str, str]]:
    for severity in Severity:
        count = sum(len(one.findings) for one in report.ours(severity))
        label = say("lint.counted", label=say(f"lint.{severity}"), count=number(count))
        yield _tab(request, severity, chosen), label
