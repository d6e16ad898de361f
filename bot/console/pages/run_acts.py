"""What an officer may do with a run at any moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from aiohttp import web

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.doing import doing
from bot.console.fields import Code, Reason, Several, Ticked
from bot.console.forms import Faulty
from bot.console.found import found
from bot.console.news.here import realm_of, unserved_ways
from bot.console.pages.runs import run, run_in_path
from bot.console.redirects import go
from bot.console.routing import Room
from bot.console.words import say
from bot.newsroom import running, scheduling
from bot.newsroom.refusing import Doubtful, Refused
from bot.newsroom.running import RunMoved
from bot.officials.permissions import Action
from bot.storage.run_rows import Run
from broadcasts.models import DeliveryId, RunId

room: Final = Room("run_acts")


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

    return await _done(request, actor, act, "run_retried", nothing="none_retried")


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
    *,
    nothing: str = "",
) -> web.StreamResponse:
    number = found(request, Run).id
    try:
        async with doing(request, actor) as acting:
            done = await act(acting, number)
    except (RunMoved, Refused):
        return go(request, "runs.run", failed="run_moved", run=str(number))
    if nothing and not done:
        return go(request, "runs.run", failed=nothing, run=str(number))
    return go(request, "runs.run", done=told, run=str(number))
