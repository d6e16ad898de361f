"""Exports of a hotline such as 1022: handed in, tried, and their good rows filed as cases."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.feedback.fates import in_words, told_fates
from bot.console.feedback.importing import (
    KeptExport,
    export_in_path,
    looked_at,
    looked_into,
    take,
    taking_over,
)
from bot.console.fields import OneOf, Sent, Upload
from bot.console.file_work import Around, Work
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.importing import Busy, Handed
from bot.console.limits import UPLOAD
from bot.console.lists import Asked, listing, sliced
from bot.console.pages.case_entry import one_office_in_path
from bot.console.redirects import address, go
from bot.console.render import page
from bot.console.resolvers import ALL
from bot.console.routing import Room
from bot.console.words import say
from bot.feedback.hotline.fates import Imported
from bot.feedback.hotline.judging import Fate
from bot.handling.importing import handed
from bot.officials.permissions import Action
from bot.storage.import_rows import (
    OPEN,
    ImportKind,
    ImportStatus,
    add_import,
    import_of,
    imports_at,
    settle,
)
from bot.storage.paging import Order, listed
from knowledge.models import Office
from knowledge.tabular.grid import UnreadableFile
from knowledge.tabular.sheet_rows import SUFFIX

room: Final = Room("case_imports")
AGAIN_SECONDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportForm:
    """An export to be tried."""

    file: Annotated[Sent, Upload()]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFates(Asked):
    """Rows of which fate are shown."""

    fate: Annotated[Fate | None, OneOf(Fate)] = None


@room.page("/cases/import", Action.CASES_IMPORT, queries=2, menu="case_imports")
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask for an export, and show those handed in before."""
    asked = read_query(request.query, Asked)
    offices = tuple(
        one for one in offices_to_choose(request, actor, Action.CASES_IMPORT) if one[0] != ALL
    )
    chosen = request.match_info.get("office") or chosen_office(request, actor, offices)
    wanted = imports_at(chosen, ImportKind.CASES)
    order = Order(by=wanted.selected_columns.at, unique=wanted.selected_columns.id)
    async with request.app[CONSOLE].database.reading() as connection:
        earlier = await listed(connection, wanted, order, after=asked.page)
    return page(
        request,
        "case_imports/list.html",
        typed=typed,
        chosen=chosen,
        offices=offices,
        earlier=listing(request, asked, earlier.turned(import_of)),
        accepted=SUFFIX,
        sealing=request.app[CONSOLE].vaults.data is not None,
    )


@room.act(
    "/cases/import/{office}/new",
    Action.CASES_IMPORT,
    of=one_office_in_path,
    form=ExportForm,
    again=overview,
    limit=UPLOAD,
)
async def hand_in(request: web.Request, actor: Actor, form: ExportForm) -> web.StreamResponse:
    """Keep an export to be tried; nothing of it is a case yet."""
    office = str(found(request, Office).code)
    if request.app[CONSOLE].vaults.data is None:
        raise Faulty({"": say("case_entry.no_keys")})
    sent = Handed(name=form.file.name or say("imports.unnamed"), body=form.file.body)
    try:
        await asyncio.to_thread(looked_at, request, sent)
    except UnreadableFile as fault:
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
            kind=ImportKind.CASES,
        )
        handed(acting, office, sent.name)
    return go(request, "case_imports.outcome", export=str(number))


@room.page("/cases/import/{export}", Action.CASES_IMPORT, of=export_in_path, queries=3)
async def outcome(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show what an export would do, how far it is being taken over, or what came of it."""
    known = found(request, KeptExport)
    if not known.body:
        around = _around(request, known)
        return page(request, "case_imports/ended.html", file=known.file, told=None, around=around)
    try:
        work = await looked_into(request, actor, known)
    except Busy:
        return _stopped(request, known, say("imports.busy"))
    if not work.ended:
        return _going_on(request, known, work)
    if work.taken is None:
        return _stopped(request, known, work.fault or say("file_work.broke_off"))
    return _told(request, known, work, typed)


def _told(
    request: web.Request, known: KeptExport, work: Work[Imported], typed: Typed
) -> web.Response:
    done = work.taken
    assert done is not None
    storing = taking_over(request, known)
    ended = work is storing or known.file.status not in OPEN
    asked = read_query(request.query, AskedFates)
    shown = sliced(told_fates(done, asked.fate), asked.page).turned(in_words)
    return page(
        request,
        f"case_imports/{'ended' if ended else 'outcome'}.html",
        typed=typed,
        file=known.file,
        told=done,
        tabs=_tabs(request, known, done),
        tab=str(asked.fate or ""),
        new=done.of(Fate.NEW),
        shown=listing(request, asked, shown),
        broke_off=storing is not None,
        unfinished=known.file.status is ImportStatus.TAKING,
        around=_around(request, known),
    )


def _tabs(request: web.Request, known: KeptExport, done: Imported) -> dict[str, tuple[str, str]]:
    """Give the address and name of each list of rows that is not empty."""
    counts = {fate: done.of(fate) for fate in Fate}
    told = {"": (len(done.fates), say("case_fates.all"))} | {
        str(fate): (count, say(f"case_fates.{fate}")) for fate, count in counts.items() if count
    }
    number = str(known.file.id)

    def at(fate: str) -> str:
        asked = {"fate": fate} if fate else {}
        return address(request, "case_imports.outcome", asked, export=number)

    return {
        fate: (at(fate), say("case_fates.tab", name=name, count=count))
        for fate, (count, name) in told.items()
    }


def _going_on(request: web.Request, known: KeptExport, work: Work[Imported]) -> web.Response:
    """Show how far it is; the browser asks again by itself."""
    around = _around(request, known)
    shown = page(request, "file_work/going_on.html", file=known.file, work=work, around=around)
    shown.headers["Refresh"] = str(AGAIN_SECONDS)
    return shown


def _stopped(request: web.Request, known: KeptExport, why: str) -> web.Response:
    around = _around(request, known)
    return page(request, "file_work/stopped.html", file=known.file, why=why, around=around)


def _around(request: web.Request, known: KeptExport) -> Around:
    """Give where the page of an export stands, and its other addresses."""
    number = str(known.file.id)
    exports = address(request, "case_imports.overview", {"office": known.file.office})
    return Around(
        way_back=[
            (address(request, "cases.inbox"), say("cases.title")),
            (exports, say("case_imports.title")),
        ],
        here=address(request, "case_imports.outcome", export=number),
        drop=address(request, "case_imports.drop", export=number),
    )


@room.act(
    "/cases/import/{export}/take",
    Action.CASES_IMPORT,
    of=export_in_path,
    form=WhyForm,
    again=outcome,
)
async def take_over(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """File the good rows; the page shows how far it is."""
    known = found(request, KeptExport)
    if known.file.status not in OPEN:
        raise Faulty({"": say("imports.settled")})
    try:
        await take(request, actor, known, note=form.reason)
    except Busy:
        raise Faulty({"": say("imports.busy")}) from None
    return go(request, "case_imports.outcome", export=str(known.file.id))


@room.act(
    "/cases/import/{export}/drop",
    Action.CASES_IMPORT,
    of=export_in_path,
    form=WishForm,
    again=outcome,
)
async def drop(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Forget an export nobody took."""
    known = found(request, KeptExport)
    storing, file = taking_over(request, known), known.file
    if storing and not storing.ended:
        raise Faulty({"": say("file_work.being_taken")})
    async with doing(request, actor) as acting:
        if await settle(acting.connection, file.id, ImportStatus.DROPPED):
            handed(acting, file.office, file.name, dropped=True)
    return go(request, "case_imports.overview", done="import_dropped")
