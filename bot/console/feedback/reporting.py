"""The report on feedback as pages ask for it: which stretch, of which offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.choosing import office_names, offices_asked
from bot.console.feedback.times import CLOCKWORK, now_of
from bot.console.fields import Code
from bot.console.forms import read_query
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked
from bot.feedback.reports.report import Report
from bot.feedback.reports.stretches import Stretch, latest, quarter_of, stretch_of
from bot.handling.reporting import Wanted, reported
from bot.officials.permissions import Action
from bot.storage.case_figures_rows import newest_received


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReport(Asked):
    """Which stretch, by its code; the quarter that ended last for none."""

    period: Annotated[str, Code(shape=r"\d{4}(-[0-9A-Z]{1,4})?")] = ""


async def report_asked(request: web.Request, actor: Actor) -> Report:
    """Count what the address asks for, where the officer may read reports."""
    asked = read_query(request.query, AskedReport)
    house = request.app[CONSOLE]
    wanted = Wanted(
        reader=actor.officer.id,
        offices=offices_asked(actor, Action.CASE_REPORTS, asked.office),
        name=_reporter(request, asked.office or actor.officer.office),
        stretch=stretch_asked(request, asked),
    )
    async with house.database.reading() as connection:
        times = request.app[CLOCKWORK].times
        return await reported(connection, wanted, times, now_of(request))


async def quarter_with_cases(request: web.Request, actor: Actor) -> Stretch | None:
    """Give the newest quarter in which cases came in, where the officer may read reports."""
    asked = read_query(request.query, AskedReport)
    offices = offices_asked(actor, Action.CASE_REPORTS, asked.office)
    async with request.app[CONSOLE].database.reading() as connection:
        newest = await newest_received(connection, offices)
    return quarter_of(newest.astimezone(VIETNAM).date()) if newest else None


def stretch_asked(request: web.Request, asked: AskedReport) -> Stretch:
    """Give the stretch; what cannot be read counts as not asked."""
    return stretch_of(asked.period) or latest(today(request))


def _reporter(request: web.Request, office: str) -> str:
    """Name who reports: the office, or the one that answers where somebody belongs to none."""
    answering = request.app[CONSOLE].conversation.desk.office
    return office_names(request).get(office) or (answering.name if answering else "")
