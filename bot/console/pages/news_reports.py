"""How the sending of a text went: on the screen, as a spreadsheet, as a document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Final

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.choosing import office_names
from bot.console.exports import give_document, give_list
from bot.console.fields import Number
from bot.console.forms import read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked
from bot.console.news.here import TextHere, text_in_path
from bot.console.render import page
from bot.console.routing import NotThere, Room
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.permissions import Action
from bot.storage.broadcast_rows import versions_of
from bot.storage.occurrence_rows import occurrences_of
from bot.storage.run_rows import SETTLED
from bot.storage.tally_rows import left_soon, sent_by_minute, tallies_of
from bot.web.charts import bars_of, drawn
from broadcasts.reports.sending import STATES, TO_ALL, SendingFigures, Told, sending_figures
from broadcasts.reports.sending_document import (
    Sending,
    sending_report,
    sending_words,
    sums_said,
)
from broadcasts.schedule.models import Occurrence

room: Final = Room("news_reports")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSending(Asked):
    """Which run of the text; all of them for 0."""

    run: Annotated[int, Number()] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A text's runs and the figures of the chosen ones."""

    runs: tuple[Occurrence, ...]
    figures: SendingFigures


@room.page("/news/text/{text}/report", Action.NEWS_SEE, of=text_in_path, queries=8)
async def report(request: web.Request, _: Actor) -> web.StreamResponse:
    """Show what became of all who were to receive a text, and when."""
    known = await _known(request)
    return page(
        request,
        "news/report.html",
        known=found(request, TextHere).broadcast,
        asked=read_query(request.query, AskedSending),
        runs=known.runs,
        figures=known.figures,
        sums=sums_said(known.figures),
        words=sending_words(),
        chart=drawn(bars_of("times", known.figures.times)),
    )


@room.page(
    "/news/text/{text}/report/file", Action.NEWS_SEE, of=text_in_path, queries=15, heavy=True
)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the same figures as a spreadsheet."""
    known, words = await _known(request), sending_words()
    sheet = Sheet(
        title=found(request, TextHere).broadcast.title,
        headings=[words["what"], words["line"], words["total"], *words["states"].values()],
        rows=(
            (words["total"], "", known.figures.whole.total, *known.figures.whole.counts),
            *(
                (words["parts"][part.name], one.name, one.total, *one.counts)
                for part in known.figures.parts
                for one in part.lines
            ),
            *_told_later(known.figures),
        ),
        charts=(known.figures.times,),
    )
    asked = read_query(request.query, AskedSending)
    return await give_list(
        request, actor, sheet, asked, name="news_reports", stem="bao-cao-ban-tin"
    )


@room.page(
    "/news/text/{text}/report/document", Action.NEWS_SEE, of=text_in_path, queries=15, heavy=True
)
async def document(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the report as a draft in the form of an administrative document."""
    broadcast, known = found(request, TextHere).broadcast, await _known(request)
    of = Sending(
        office=office_names(request).get(broadcast.office, ""),
        title=broadcast.title,
        today=today(request),
    )
    return await give_document(
        request,
        actor,
        sending_report(of, known.figures),
        read_query(request.query, AskedSending),
        name="news_reports",
        file=f"bao-cao-ban-tin-{broadcast.id}.docx",
    )


def _told_later(figures: SendingFigures) -> Iterator[tuple[str | int, ...]]:
    """Give lines of what Zalo told afterwards, and of whom articles were for."""
    words, rest = sending_words(), ("",) * len(STATES)
    if figures.receipts:
        yield words["later"], words["received"], figures.receipts.received, *rest
        yield words["later"], words["seen"], figures.receipts.seen, *rest
    for target in figures.targets:
        yield words["articles"], target or words["everybody"], "", *rest


async def _known(request: web.Request) -> Known:
    broadcast, asked = found(request, TextHere).broadcast, read_query(request.query, AskedSending)
    now = request.app[CONSOLE].clock.now()
    async with request.app[CONSOLE].database.reading() as connection:
        runs = tuple(await occurrences_of(connection, broadcast.id))
        chosen = [one.run for one in runs if asked.run in (0, one.run)]
        if asked.run and not chosen:
            raise NotThere
        sent = {one.version for one in runs if one.run in chosen}
        versions = await versions_of(connection, broadcast.id)
        minutes = await sent_by_minute(connection, chosen)
        told = Told(
            tallies=await tallies_of(connection, chosen),
            minutes={at.astimezone(VIETNAM): rows for at, rows in minutes.items()},
            left=await left_soon(connection, chosen, max(minutes, default=now)),
            settled_code=SETTLED,
            targets=[one.audience.target.told() for one in versions if one.number in sent],
        )
    figures = sending_figures(told, partial(_called, office_names(request)))
    return Known(runs=runs, figures=figures)


def _called(offices: dict[str, str], sort: str, code: str) -> str:
    if not code:
        return str(sending_words()["unknown"])
    if code == TO_ALL:
        return str(sending_words()["to_all"])
    if sort == "offices":
        return offices.get(code, code)
    return say(f"readers.kind_{code}" if sort == "kinds" else f"{sort}.{code}")
