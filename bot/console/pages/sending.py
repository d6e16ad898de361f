"""Texts let go: scheduled, started, called off; on the public page; for the loudspeakers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.casework.taking import announce
from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.doing import doing
from bot.console.fields import Number, Reason, Ticked
from bot.console.forms import Faulty
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.news.here import TextHere, realm_of, text_in_path
from bot.console.news.starting import StartForm, timetable_of
from bot.console.pages.news import text
from bot.console.redirects import go
from bot.console.routing import Room
from bot.console.words import say
from bot.newsroom import posting, scheduling, trying, urgency
from bot.newsroom.refusing import Doubtful, Doubts, Refused, Unready
from bot.newsroom.scheduling import Sure
from bot.officials.permissions import Action
from bot.storage.officer_chat_rows import chats_of
from broadcasts.schedule.errors import BadRule

room: Final = Room("sending")


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentForm:
    """Why a notice does not wait for a second person."""

    reason: Annotated[str, Reason()]
    count: Annotated[int | None, Number()] = None
    again: Annotated[bool, Ticked()] = False


@room.act("/news/text/{text}/start", Action.NEWS_RUN, of=text_in_path, form=StartForm, again=text)
async def start(request: web.Request, actor: Actor, form: StartForm) -> web.StreamResponse:
    """Let an approved text go out, now, later or again and again."""
    here = found(request, TextHere)
    number = here.broadcast.id
    try:
        async with doing(request, actor) as acting:
            planned = await scheduling.slot_start(acting.connection, here.broadcast)
            timetable = timetable_of(form, planned, acting.now)
            sure = Sure(count=form.count, again=form.again)
            await scheduling.start(acting, realm_of(request), number, timetable, sure)
    except (Doubtful, Unready, Refused, BadRule) as stopped:
        raise _told(stopped) from stopped
    return go(request, "news.text", done="text_started", text=str(number))


@room.act(
    "/news/text/{text}/urgent", Action.NEWS_URGENT, of=text_in_path, form=UrgentForm, again=text
)
async def urgent(request: web.Request, actor: Actor, form: UrgentForm) -> web.StreamResponse:
    """Send an urgent notice at once, by one person's word."""
    number = found(request, TextHere).broadcast.id
    try:
        async with doing(request, actor) as acting:
            sure = Sure(count=form.count, again=form.again)
            await urgency.start_urgent(acting, realm_of(request), number, form.reason, sure)
    except (Doubtful, Unready, Refused) as stopped:
        raise _told(stopped) from stopped
    return go(request, "news.text", done="text_started", text=str(number))


@room.act(
    "/news/text/{text}/seen", Action.NEWS_APPROVE, of=text_in_path, form=WishForm, again=text
)
async def seen(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Mark that an approver has read of an urgent notice."""
    number = found(request, TextHere).broadcast.id
    try:
        async with doing(request, actor) as acting:
            await urgency.note_seen(acting, number)
    except Refused as refused:
        raise _told(refused) from refused
    return go(request, "home.home", done="urgent_seen")


@room.act("/news/text/{text}/try", Action.NEWS_PREPARE, of=text_in_path, form=WishForm, again=text)
async def try_out(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Send the text as it stands to the officer's own chats, and to nobody else."""
    number = found(request, TextHere).broadcast.id
    house = request.app[CONSOLE]
    async with doing(request, actor) as acting:
        site = house.settings.public_url
        told = await trying.try_out(acting, realm_of(request), number, site=site)
        if not told:
            linked = await chats_of(acting.connection, actor.officer.id)
            raise Faulty({"try": say("news.try_silent" if linked else "news.try_nowhere")})
    for address in told:
        announce(house.bell, address)
    gaps = {"count": len(told)}
    return go(request, "news.text", done="text_tried", gaps=gaps, text=str(number))


@room.act("/news/text/{text}/call-off", Action.NEWS_RUN, of=text_in_path, form=WhyForm, again=text)
async def call_off(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """End all that is scheduled or goes out of a text."""
    number = found(request, TextHere).broadcast.id
    try:
        async with doing(request, actor) as acting:
            done = await scheduling.cancel(acting, number, form.reason)
    except Refused as refused:
        raise _told(refused) from refused
    gaps = {"rows": done.rows}
    return go(request, "news.text", done="text_called_off", gaps=gaps, text=str(number))


@room.act("/news/text/{text}/post", Action.NEWS_RUN, of=text_in_path, form=WishForm, again=text)
async def post(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Show an approved text on the public page."""
    number = found(request, TextHere).broadcast.id
    try:
        async with doing(request, actor) as acting:
            await posting.post(acting, number)
    except Refused as refused:
        raise _told(refused) from refused
    return go(request, "news.text", done="text_posted", text=str(number))


@room.act(
    "/news/text/{text}/take-down", Action.NEWS_RUN, of=text_in_path, form=WhyForm, again=text
)
async def take_down(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take a text off the public page."""
    number = found(request, TextHere).broadcast.id
    try:
        async with doing(request, actor) as acting:
            await posting.take_down(acting, number, form.reason)
    except Refused as refused:
        raise _told(refused) from refused
    return go(request, "news.text", done="text_taken_down", text=str(number))


def _again(doubts: Doubts) -> str:
    """Say what was said already; nothing where nothing was."""
    others = ", ".join(map(str, doubts.alike))
    told = [say("news.said_itself")] if doubts.itself else []
    return " ".join([*told, *([say("news.said_already", others=others)] if others else [])])


def _told(stopped: Doubtful | Unready | Refused | BadRule) -> Faulty:
    match stopped:
        case Doubtful():
            faults = {}
            if stopped.doubts.recipients:
                faults["count"] = say("news.type_count", count=stopped.doubts.recipients)
            if again := _again(stopped.doubts):
                faults["again"] = again
            return Faulty(faults)
        case Unready():
            return Faulty({one.field: one.message for one in stopped.findings})
        case _:
            return Faulty({"text": str(stopped)})
