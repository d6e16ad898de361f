"""Texts on their way: the list, one of them, submitted, approved, returned, dropped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from aiohttp import web
from sqlalchemy import select

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.choosing import office_names, offices_to_filter
from bot.console.doing import doing
from bot.console.fields import Number, OneOf, Ticked, Words
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked, listing
from bot.console.news.here import TextHere, realm_of, text_in_path
from bot.console.news.showing import shown_text
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Room
from bot.console.words import say
from bot.newsroom import approving, writing
from bot.newsroom.refusing import Refused, Unready
from bot.newsroom.speaking import sheet
from bot.officials.permissions import Action
from bot.storage.broadcast_rows import broadcast_of
from bot.storage.broadcast_tables import broadcasts
from bot.storage.officer_chat_rows import chats_of
from bot.storage.paging import Order, Query, listed, within_days
from bot.storage.pending_news_rows import wrote
from bot.web.downloads import stored_file
from broadcasts.composing.kinds import kinds
from broadcasts.documents.loudspeaker import loudspeaker_docx
from broadcasts.models import BroadcastStatus
from broadcasts.speaking.page import ScriptPage, as_text
from broadcasts.texts import WRITING

room: Final = Room("news")
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACTIONS: Final = (
    Action.NEWS_PREPARE,
    Action.NEWS_APPROVE,
    Action.NEWS_RUN,
    Action.NEWS_URGENT,
)
AGAIN_SECONDS: Final = 3
ORDER: Final = Order(by=broadcasts.c.changed_at, unique=broadcasts.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedNews(Asked):
    """Which texts."""

    status: Annotated[BroadcastStatus | None, OneOf(BroadcastStatus)] = None
    mine: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveForm:
    """The version that was read."""

    version: Annotated[int, Number(1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteForm:
    """What is to be mended."""

    note: Annotated[str, Words(5, 2000)]


@room.page("/news", Action.NEWS_SEE, queries=3, menu="news")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the texts of one's offices, those changed last first."""
    asked = read_query(request.query, AskedNews)
    offices = offices_to_filter(request, actor, Action.NEWS_SEE)
    async with request.app[CONSOLE].database.reading() as connection:
        rows = await listed(connection, _asked_for(actor, asked), ORDER, after=asked.page)
    return page(
        request,
        "news/list.html",
        asked=asked,
        shown=listing(request, asked, rows.turned(broadcast_of)),
        offices=offices,
        names=office_names(request),
        kinds={one.code: one.name for one in kinds().values()},
        statuses=[(str(one), say(f"news.state_{one}")) for one in BroadcastStatus],
        may_write=actor.may_somewhere(Action.NEWS_PREPARE),
    )


def _asked_for(actor: Actor, asked: AskedNews) -> Query:
    wanted: Query = select(broadcasts).where(
        *within_days(broadcasts.c.changed_at, asked.from_, asked.to)
    )
    allowed = actor.offices(Action.NEWS_SEE)
    if asked.office:
        branch = actor.tree.branch(asked.office)
        allowed = branch if allowed is None else branch & allowed
    if allowed is not None:
        wanted = wanted.where(broadcasts.c.office.in_(sorted(allowed)))
    if asked.status:
        wanted = wanted.where(broadcasts.c.status == asked.status)
    if asked.mine:
        wanted = wanted.where(wrote(actor.officer.id))
    if asked.text:
        wanted = wanted.where(broadcasts.c.title.icontains(asked.text, autoescape=True))
    return wanted


@room.page("/news/text/{text}", Action.NEWS_SEE, of=text_in_path, queries=20)
async def text(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show a text as its readers will see it, whom it reaches, and what may be done with it."""
    here, now = found(request, TextHere), request.app[CONSOLE].clock.now()
    async with request.app[CONSOLE].database.reading() as connection:
        shown = await shown_text(request, connection, here, now)
        own_chats = await chats_of(connection, actor.officer.id)
    answer = page(
        request,
        "news/text.html",
        typed=typed,
        **shown,
        today=today(request),
        wrote=actor.officer.id in {one.officer for one in shown["steps"] if one.step in WRITING},
        own_chats=own_chats,
        may=_may(actor, here.broadcast.office),
    )
    next_at = shown["where"].next_at
    # What was let go becomes a run within seconds; there one watches how far it is.
    if typed is BLANK and next_at and next_at <= now:
        answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return answer


def _may(actor: Actor, office: str) -> dict[str, bool]:
    """Tell what the officer may do with a text of an office."""
    return {str(action): actor.may(action, office) for action in ACTIONS}


@room.page("/news/text/{text}/script.docx", Action.NEWS_SEE, of=text_in_path, queries=5)
async def script_file(request: web.Request, _: Actor) -> web.StreamResponse:
    """Give the text as it is read out over the loudspeakers, as a document."""
    body = await asyncio.to_thread(lambda: loudspeaker_docx(_sheet(request)))
    return stored_file(body, "kich-ban-loa.docx", WORD, cached="no-store")


@room.page("/news/text/{text}/script.txt", Action.NEWS_SEE, of=text_in_path, queries=5)
async def script_text(request: web.Request, _: Actor) -> web.StreamResponse:
    """Give the same as plain text."""
    body = await asyncio.to_thread(lambda: as_text(_sheet(request)).encode())
    return stored_file(body, "kich-ban-loa.txt", "text/plain", cached="no-store")


def _sheet(request: web.Request) -> ScriptPage:
    here = found(request, TextHere)
    return sheet(realm_of(request), here.broadcast, here.version)


@room.act(
    "/news/text/{text}/submit", Action.NEWS_PREPARE, of=text_in_path, form=WishForm, again=text
)
async def submit(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Freeze the text and lay it before who may approve it."""

    async def act(acting: Acting, number: int) -> object:
        return await approving.submit(acting, realm_of(request), number)

    return await _moved(request, actor, act, "text_submitted")


@room.act(
    "/news/text/{text}/approve",
    Action.NEWS_APPROVE,
    of=text_in_path,
    form=ApproveForm,
    again=text,
)
async def approve(request: web.Request, actor: Actor, form: ApproveForm) -> web.StreamResponse:
    """Let the version that was read go out."""

    async def act(acting: Acting, number: int) -> object:
        return await approving.approve(acting, number, version=form.version)

    return await _moved(request, actor, act, "text_approved")


@room.act(
    "/news/text/{text}/return", Action.NEWS_APPROVE, of=text_in_path, form=NoteForm, again=text
)
async def send_back(request: web.Request, actor: Actor, form: NoteForm) -> web.StreamResponse:
    """Send the text back to its author with what is to be mended."""

    async def act(acting: Acting, number: int) -> object:
        return await approving.return_for_changes(acting, number, form.note)

    return await _moved(request, actor, act, "text_returned")


@room.act(
    "/news/text/{text}/withdraw", Action.NEWS_PREPARE, of=text_in_path, form=WishForm, again=text
)
async def withdraw(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Take the text back before anybody has decided."""
    return await _moved(request, actor, approving.withdraw, "text_withdrawn")


@room.act("/news/text/{text}/drop", Action.NEWS_PREPARE, of=text_in_path, form=WhyForm, again=text)
async def drop(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Put the text aside for good."""

    async def act(acting: Acting, number: int) -> object:
        return await writing.drop(acting, number, form.reason)

    return await _moved(request, actor, act, "text_dropped")


async def _moved(
    request: web.Request,
    actor: Actor,
    act: Callable[[Acting, int], Awaitable[Any]],
    done: str,
) -> web.StreamResponse:
    number = found(request, TextHere).broadcast.id
    try:
        async with doing(request, actor) as acting:
            await act(acting, number)
    except Unready as wrong:
        raise Faulty({one.field: one.message for one in wrong.findings}) from wrong
    except Refused as refused:
        raise Faulty({"text": str(refused)}) from refused
    return go(request, "news.text", done=done, text=str(number))
