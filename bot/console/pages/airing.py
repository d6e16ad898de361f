"""Readings laid down, ticked, and both taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from aiohttp import web

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.bare import WhyForm
from bot.console.doing import doing
from bot.console.fields import Line, Moment
from bot.console.forms import Faulty
from bot.console.found import found
from bot.console.news.airing import RoundForm, round_of, unfit
from bot.console.news.here import TextHere, realm_of, text_in_path
from bot.console.pages.loudspeaker import reading, reading_in_path
from bot.console.pages.news import text
from bot.console.redirects import go
from bot.console.routing import Room
from bot.newsroom import aired, airing
from bot.newsroom.refusing import Refused
from bot.newsroom.speaking import speaker
from bot.officials.permissions import Action
from broadcasts.readings import Reading, UnfitTimes

room: Final = Room("airing")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadForm:
    """When it was read."""

    read_at: Annotated[datetime, Moment()]
    note: Annotated[str, Line(0, 300)] = ""


@room.act(
    "/news/text/{text}/readings", Action.NEWS_RUN, of=text_in_path, form=RoundForm, again=text
)
async def lay_down(request: web.Request, actor: Actor, form: RoundForm) -> web.StreamResponse:
    """Put an approved text into the list of the loudspeakers."""
    here, realm = found(request, TextHere).broadcast, realm_of(request)
    wish = round_of(form, speaker(realm, here.office))
    try:
        async with doing(request, actor) as acting:
            added = await airing.lay_down(acting, realm, here.id, wish)
    except UnfitTimes as wrong:
        raise unfit(wrong.why, realm.air_time(here.office)) from wrong
    except Refused as refused:
        raise Faulty({"text": str(refused)}) from refused
    gaps = {"count": added}
    return go(request, "news.text", done="readings_laid", gaps=gaps, text=str(here.id))


@room.act(
    "/loudspeaker/{reading}/tick",
    Action.NEWS_PREPARE,
    of=reading_in_path,
    form=ReadForm,
    again=reading,
)
async def tick(request: web.Request, actor: Actor, form: ReadForm) -> web.StreamResponse:
    """Say that it was read."""
    number = found(request, Reading).id

    async def act(acting: Acting) -> object:
        return await aired.tick(acting, number, read_at=form.read_at, note=form.note)

    try:
        return await _done(request, actor, act, "reading_ticked")
    except UnfitTimes as wrong:
        raise unfit(wrong.why) from wrong


@room.act(
    "/loudspeaker/{reading}/untick",
    Action.NEWS_PREPARE,
    of=reading_in_path,
    form=WhyForm,
    again=reading,
)
async def untick(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take the tick back, with the evidence it was."""
    number = found(request, Reading).id

    async def act(acting: Acting) -> None:
        await aired.untick(acting, number, form.reason)

    return await _done(request, actor, act, "reading_unticked")


@room.act(
    "/loudspeaker/{reading}/take-off",
    Action.NEWS_RUN,
    of=reading_in_path,
    form=WhyForm,
    again=reading,
)
async def take_off(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take it off the list."""
    here = found(request, Reading)

    async def act(acting: Acting) -> None:
        await airing.take_off(acting, here, form.reason)

    return await _done(request, actor, act, "reading_off")


async def _done(
    request: web.Request, actor: Actor, act: Callable[[Acting], Awaitable[object]], told: str
) -> web.StreamResponse:
    try:
        async with doing(request, actor) as acting:
            await act(acting)
    except Refused:
        return go(request, "loudspeaker.overview", failed="reading_moved")
    return go(request, "loudspeaker.overview", done=told)
