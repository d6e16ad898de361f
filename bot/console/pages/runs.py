"""One run of a text: how far it is, and what an officer may do with it at any moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Annotated, Any, Final

from aiohttp import web

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.doing import doing
from bot.console.exports import give_list
from bot.console.fields import Code, Number, OneOf, Reason, Several, Ticked
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.lists import Asked
from bot.console.news.here import realm_of, unserved_ways
from bot.console.news.run_acts import run_acts
from bot.console.readers.masking import masked
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.console.xlsx import MOST_ROWS, Called, Sheet
from bot.newsroom import running, scheduling
from bot.newsroom.refusing import Doubtful, Refused
from bot.newsroom.running import RunMoved
from bot.officials.permissions import Action
from bot.storage.ledger_rows import Row, progress, rows_of
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


# Of a whole province's run a spreadsheet holds the beginning: those somebody has to look into.
EXPORTED: Final = (
    *(one for one in LOOKED_INTO if one is not DeliveryStatus.SENT),
    DeliveryStatus.CLAIMED,
    DeliveryStatus.SENDING,
    DeliveryStatus.SENT,
)
COLUMNS: Final = ("number", "route", "reader", "state", "code", "ended")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row of the ledger as a page shows it; of the address as much as tells two apart."""

    id: int
    route: Route
    reader: str
    code: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRows(Asked):
    """Which rows of the ledger."""

    status: Annotated[DeliveryStatus, OneOf(DeliveryStatus)] = DeliveryStatus.UNCERTAIN
    after: Annotated[int, Number()] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsForm:
    """The uncertain rows somebody looked into, and what is to become of them."""

    rows: Annotated[tuple[str, ...], Several(Code(shape=r"[0-9]{1,18}"))] = ()
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedForm:
    """Why what was missed goes out after all; ``again`` says one is sure of the same words."""

    reason: Annotated[str, Reason()]
    again: Annotated[bool, Ticked()] = False


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
    if known is None:
        raise NotThere
    unserved = _unserved(known, unserved_ways(request))
    moves = _moves(here, known, stuck=sum(unserved.values()))
    shown = [_shown(one) for one in rows[:SHOWN]]
    answer = page(
        request,
        "runs/run.html",
        typed=typed,
        known=here,
        progress=known,
        states=[(one, known.counts.get(one, 0)) for one in LOOKED_INTO],
        left=_left(known),
        acts=acts,
        asked=asked,
        rows=shown,
        choices=[
            (str(one.id), say("runs.row", number=str(one.id), reader=one.reader)) for one in shown
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


def _moves(run: Run, known: Progress, *, stuck: int) -> bool:
    """Tell whether the run goes on by itself, so that its page is shown anew again and again.

    Nobody can fill in a form there: what asks for words is done while the run stands still.
    """
    if run.asked:
        return True
    return run.status is RunStatus.RUNNING and (not stuck or known.left > stuck)


def _unserved(known: Progress, ways: Collection[Route]) -> Mapping[Route, int]:
    return {route: count for route, count in known.waiting.items() if route in ways}


def _left(known: Progress) -> int:
    """Tell how many minutes it will take at the present rate; 0 while nothing goes out."""
    return ceil(known.left / known.rate / 60) if known.rate else 0


def _shown(row: Row) -> ShownRow:
    return ShownRow(
        id=row.id,
        route=row.route,
        reader=masked(row.address),
        code=row.code,
        ended_at=row.ended_at,
    )


@room.page("/runs/{run}/file", Action.NEWS_SEE, of=run_in_path, queries=12, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the ledger as a spreadsheet: who, which way, what became of it."""
    here = found(request, Run)
    async with request.app[CONSOLE].database.reading() as connection:
        rows: list[Row] = []
        for status in EXPORTED:
            rows += await rows_of(connection, here.id, status, limit=MOST_ROWS + 1 - len(rows))
    sheet = Sheet(
        title=here.title,
        headings=[
            say(f"runs.{one}") for one in ("number", "route", "reader", "state", "code", "ended")
        ],
        rows=tuple(
            (
                Called(one.id),
                say(f"routes.{one.route}"),
                masked(one.address),
                say(f"deliveries.{one.status}"),
                _reason(one.code),
                one.ended_at,
            )
            for one in rows
        ),
    )
    return await give_list(request, actor, sheet, Asked(), name="deliveries", stem="luot-gui")


def _reason(code: str) -> str:
    return say(f"codes.{code}") if code else ""


@room.act("/runs/{run}/pause", Action.NEWS_RUN, of=run_in_path, form=WishForm, again=run)
async def pause(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Let it rest; it stops within a wave. Who is in a hurry is asked for no reason."""
    return await _done(request, actor, running.pause, "run_paused")


@room.act("/runs/{run}/resume", Action.NEWS_RUN, of=run_in_path, form=WhyForm, again=run)
async def resume(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Let it go on."""

    async def act(acting: Acting, number: RunId) -> None:
        await running.resume(acting, number, note=form.reason)

    return await _done(request, actor, act, "run_resumed")


@room.act("/runs/{run}/cancel", Action.NEWS_RUN, of=run_in_path, form=WhyForm, again=run)
async def cancel(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """End it before its end."""

    async def act(acting: Acting, number: RunId) -> object:
        return await running.cancel(acting, number, note=form.reason)

    return await _done(request, actor, act, "run_cancelled")


@room.act("/runs/{run}/retry", Action.NEWS_RUN, of=run_in_path, form=WhyForm, again=run)
async def retry(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Send again what failed, never what is uncertain."""

    async def act(acting: Acting, number: RunId) -> object:
        return await running.retry_failed(acting, number, note=form.reason)

    return await _done(request, actor, act, "run_retried")


@room.act("/runs/{run}/resend", Action.NEWS_RUN, of=run_in_path, form=RowsForm, again=run)
async def resend(request: web.Request, actor: Actor, form: RowsForm) -> web.StreamResponse:
    """Send once more the uncertain rows that were ticked; those readers may get it twice."""
    if not form.rows:
        raise Faulty({"rows": say("runs.none_ticked")})

    async def act(acting: Acting, number: RunId) -> object:
        rows = [DeliveryId(int(one)) for one in form.rows]
        return await running.resend_uncertain(acting, number, rows, note=form.reason)

    return await _done(request, actor, act, "run_resent")


@room.act("/runs/{run}/skip", Action.NEWS_RUN, of=run_in_path, form=WhyForm, again=run)
async def skip(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Give up what waits for ways that nothing serves yet."""

    async def act(acting: Acting, number: RunId) -> object:
        ways = unserved_ways(request)
        return await running.skip_unserved(acting, number, ways, note=form.reason)

    return await _done(request, actor, act, "run_skipped")


@room.act("/runs/{run}/start", Action.NEWS_RUN, of=run_in_path, form=MissedForm, again=run)
async def start(request: web.Request, actor: Actor, form: MissedForm) -> web.StreamResponse:
    """Let it go out now though its time was missed."""
    realm = realm_of(request)

    async def act(acting: Acting, number: RunId) -> None:
        await scheduling.start_missed(acting, realm, number, again=form.again, note=form.reason)

    try:
        return await _done(request, actor, act, "run_started")
    except Doubtful as doubtful:
        others = ", ".join(map(str, doubtful.doubts.alike))
        raise Faulty({"again": say("news.said_already", others=others)}) from doubtful


async def _done(
    request: web.Request,
    actor: Actor,
    act: Callable[[Acting, RunId], Awaitable[Any]],
    told: str,
) -> web.StreamResponse:
    number = found(request, Run).id
    try:
        async with doing(request, actor) as acting:
            await act(acting, number)
    except (RunMoved, Refused):
        return go(request, "runs.run", failed="run_moved", run=str(number))
    return go(request, "runs.run", done=told, run=str(number))
