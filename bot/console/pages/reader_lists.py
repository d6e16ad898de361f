"""Lists of who agreed to receive news: handed in, tried, and their good rows taken over."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.fields import Sent, Upload
from bot.console.file_work import Around, Work
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.importing import Busy, Handed
from bot.console.limits import UPLOAD
from bot.console.lists import Asked, Listing, listing, sliced
from bot.console.readers.lists import KeptList, list_in_path, looked_into, take, taking_over
from bot.console.readers.outcome import Problem, problems
from bot.console.readers.working import looked_at
from bot.console.redirects import address, go
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path, out_of_path
from bot.console.routing import Room
from bot.console.words import say
from bot.newsroom.reader_file import UnreadableList
from bot.newsroom.reader_lists import Taken, handed
from bot.officials.permissions import Action
from bot.storage.import_rows import (
    OPEN,
    Import,
    ImportKind,
    ImportStatus,
    add_import,
    import_of,
    imports_at,
    settle,
)
from bot.storage.paging import Order, listed

room: Final = Room("reader_lists")
AGAIN_SECONDS: Final = 2
ACCEPTED: Final = ".csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListForm:
    """A list to be tried."""

    file: Annotated[Sent, Upload()]


@room.page("/readers/lists", Action.SUBSCRIBERS_MANAGE, queries=2)
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask for a list, and show those handed in before."""
    asked = read_query(request.query, Asked)
    offices = offices_to_choose(request, actor, Action.SUBSCRIBERS_MANAGE)
    chosen = request.match_info.get("office") or chosen_office(request, actor, offices)
    wanted = imports_at(out_of_path(chosen), ImportKind.READERS)
    order = Order(by=wanted.selected_columns.at, unique=wanted.selected_columns.id)
    async with request.app[CONSOLE].database.reading() as connection:
        earlier = await listed(connection, wanted, order, after=asked.page)
    return page(
        request,
        "readers/lists.html",
        typed=typed,
        chosen=chosen,
        offices=offices,
        earlier=listing(request, asked, earlier.turned(import_of)),
        accepted=ACCEPTED,
    )


@room.act(
    "/readers/lists/{office}/new",
    Action.SUBSCRIBERS_MANAGE,
    of=office_in_path,
    form=ListForm,
    again=overview,
    limit=UPLOAD,
)
async def hand_in(request: web.Request, actor: Actor, form: ListForm) -> web.StreamResponse:
    """Keep a list to be tried; nobody of it is written to yet."""
    office = (await office_in_path(request)).office
    sent = Handed(name=form.file.name or say("imports.unnamed"), body=form.file.body)
    try:
        await asyncio.to_thread(looked_at, sent)
    except UnreadableList as fault:
        raise Faulty({"file": str(fault)}) from fault
    async with doing(request, actor) as acting:
        number = await add_import(
            acting.connection,
            office=office,
            officer=actor.officer.id,
            name=sent.name,
            body=sent.body,
            digest=sent.digest,
            counts=None,
            at=acting.now,
            kind=ImportKind.READERS,
        )
        handed(acting, office, sent.name)
    return go(request, "reader_lists.outcome", list=str(number))


@room.page("/readers/lists/{list}", Action.SUBSCRIBERS_MANAGE, of=list_in_path, queries=3)
async def outcome(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show what a list would do, how far it is being taken over, or what came of it."""
    known = found(request, KeptList)
    if not known.body:
        return _ended(request, known.file, None)
    try:
        work = await looked_into(request, actor, known)
    except Busy:
        return _stopped(request, known.file, say("imports.busy"))
    storing = taking_over(request, known)
    if not work.ended:
        return _going_on(request, known.file, work)
    if work.taken is None:
        return _stopped(request, known.file, work.fault or say("file_work.broke_off"))
    if work is storing or known.file.status not in OPEN:
        return _ended(request, known.file, work.taken)
    return page(
        request,
        "readers/outcome.html",
        typed=typed,
        file=known.file,
        chosen=in_path(known.file.office),
        taken=work.taken,
        good=work.taken.new + work.taken.changed,
        shown=_listing(request, work.taken),
        broke_off=storing is not None,
        unfinished=known.file.status is ImportStatus.TAKING,
    )


def _listing(request: web.Request, taken: Taken) -> Listing[Problem]:
    asked = read_query(request.query, Asked)
    return listing(request, asked, sliced(problems(taken), asked.page))


def _going_on(request: web.Request, file: Import, work: Work[Taken]) -> web.Response:
    """Show how far it is; the browser asks again by itself."""
    shown = page(
        request, "file_work/going_on.html", file=file, work=work, around=_around(request, file)
    )
    shown.headers["Refresh"] = str(AGAIN_SECONDS)
    return shown


def _stopped(request: web.Request, file: Import, why: str) -> web.Response:
    return page(
        request, "file_work/stopped.html", file=file, why=why, around=_around(request, file)
    )


def _around(request: web.Request, file: Import) -> Around:
    """Give where the page of a list stands, and its other addresses."""
    number = str(file.id)
    lists = address(request, "reader_lists.overview", {"office": in_path(file.office)})
    return Around(
        way_back=[
            (address(request, "readers.overview"), say("readers.title")),
            (lists, say("reader_lists.title")),
        ],
        here=address(request, "reader_lists.outcome", list=number),
        drop=address(request, "reader_lists.drop_list", list=number),
    )


def _ended(request: web.Request, file: Import, taken: Taken | None) -> web.Response:
    left = _listing(request, taken) if taken else None
    chosen = in_path(file.office)
    return page(request, "readers/ended.html", file=file, chosen=chosen, taken=taken, left=left)


@room.act(
    "/readers/lists/{list}/take",
    Action.SUBSCRIBERS_MANAGE,
    of=list_in_path,
    form=WhyForm,
    again=outcome,
)
async def take_over(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take the good rows over; the page shows how far it is."""
    known = found(request, KeptList)
    if known.file.status not in OPEN:
        raise Faulty({"": say("imports.settled")})
    try:
        await take(request, actor, known, note=form.reason)
    except Busy:
        raise Faulty({"": say("imports.busy")}) from None
    return go(request, "reader_lists.outcome", list=str(known.file.id))


@room.act(
    "/readers/lists/{list}/drop",
    Action.SUBSCRIBERS_MANAGE,
    of=list_in_path,
    form=WishForm,
    again=outcome,
)
async def drop_list(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Forget a list nobody took."""
    known = found(request, KeptList)
    storing, file = taking_over(request, known), known.file
    if storing and not storing.ended:
        raise Faulty({"": say("file_work.being_taken")})
    async with doing(request, actor) as acting:
        if await settle(acting.connection, file.id, ImportStatus.DROPPED):
            handed(acting, file.office, file.name, dropped=True)
    return go(request, "reader_lists.overview", done="import_dropped")
