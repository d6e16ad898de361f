"""One run of a text: how far it is, what became of each reader, and what was done with it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Annotated, Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.actor import Actor
from bot.console.fields import Number, OneOf
from bot.console.forms import BLANK, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.lists import Asked
from bot.console.news.here import unserved_ways
from bot.console.news.run_acts import run_acts
from bot.console.readers.masking import masked
from bot.console.render import page
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.officials.permissions import Action
from bot.storage.broadcast_rows import find_version
from bot.storage.ledger_rows import Row, articles_in, progress, rows_of
from bot.storage.run_rows import Run, run_of
from broadcasts.delivery.ports import Progress
from broadcasts.documents.numbers import number_text
from broadcasts.models import DeliveryId, DeliveryStatus, Route, RunId, RunStatus

room: Final = Room("runs")
AGAIN_SECONDS: Final = 3
SHOWN: Final = 100
# What has an ending an officer may want to look into.
LOOKED_INTO: Final = (
    DeliveryStatus.UNCERTAIN,
    DeliveryStatus.FAILED,
    DeliveryStatus.SKIPPED,
    DeliveryStatus.SENT,
    DeliveryStatus.PENDING,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row of the ledger as a page shows it; of the address as much as tells two apart."""

    id: int
    route: Route
    reader: str
    code: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Articles:
    """How many rows of a run are articles, and whom they are for; blank for all followers."""

    count: int
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRows(Asked):
    """Which rows of the ledger."""

    status: Annotated[DeliveryStatus, OneOf(DeliveryStatus)] = DeliveryStatus.UNCERTAIN
    after: Annotated[int, Number()] = 0


async def run_in_path(request: web.Request) -> Found:
    """Find the run of ``{run}``."""
    number = RunId(number_in(request.match_info["run"]))
    async with request.app[CONSOLE].database.reading() as connection:
        run = await run_of(connection, number)
    if run is None:
        raise NotThere
    return Found(office=run.office, thing=run)


@room.page("/runs/{run}", Action.NEWS_SEE, of=run_in_path, queries=10)
async def run(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show how far a run is, what became of each reader, and what may be done."""
    here, asked = found(request, Run), read_query(request.query, AskedRows)
    now = request.app[CONSOLE].clock.now()
    async with request.app[CONSOLE].database.reading() as connection:
        known = await progress(connection, here.id, now)
        rows = await rows_of(
            connection, here.id, asked.status, after=DeliveryId(asked.after), limit=SHOWN + 1
        )
        acts = await run_acts(connection, here.id)
        articles = await _articles(connection, here)
    if known is None:
        raise NotThere
    unserved = _unserved(known, unserved_ways(request))
    stuck = sum(unserved.values())
    moves = _moves(here, known, stuck=stuck)
    shown = [_shown(one) for one in rows[:SHOWN]]
    answer = page(
        request,
        "runs/run.html",
        typed=typed,
        known=here,
        progress=known,
        states=[(one, known.counts.get(one, 0)) for one in LOOKED_INTO],
        left=_left(known, stuck=stuck),
        acts=acts,
        articles=articles,
        asked=asked,
        rows=shown,
        choices=[
            (str(one.id), say("runs.row", number=one.id, reader=one.reader)) for one in shown
        ],
        more=shown[-1].id if len(rows) > SHOWN else 0,
        rate=number_text(known.rate, 1),
        unserved=list(unserved.items()),
        may=actor.may(Action.NEWS_RUN, here.office),
        moves=moves,
    )
    if moves and typed is BLANK:
        answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return answer


async def _articles(connection: AsyncConnection, run: Run) -> Articles | None:
    count = await articles_in(connection, run.id)
    version = await find_version(connection, run.broadcast, run.version) if count else None
    return Articles(count, version.audience.target.told()) if version else None


def _moves(run: Run, known: Progress, *, stuck: int) -> bool:
    """Tell whether the run goes on by itself, so that its page is shown anew again and again.

    Nobody can fill in a form there: what asks for words is done while the run stands still.
    """
    if run.asked:
        return True
    return run.status is RunStatus.RUNNING and (not stuck or known.left > stuck)


def _unserved(known: Progress, ways: Collection[Route]) -> Mapping[Route, int]:
    return {route: count for route, count in known.waiting.items() if route in ways}


def _left(known: Progress, *, stuck: int) -> int:
    """Tell how many minutes it will take at the present rate; 0 while nothing goes out.

    What waits for a way that is not set up is not counted: nobody knows for how long.
    """
    return ceil((known.left - stuck) / known.rate / 60) if known.rate else 0


def _shown(row: Row) -> ShownRow:
    return ShownRow(
        id=row.id,
        route=row.route,
        reader=masked(row.address),
        code=row.code,
        ended_at=row.ended_at,
    )
