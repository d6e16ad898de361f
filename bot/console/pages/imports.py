"""Offices' tables: handed in, listed, forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.casework.importing import counts_of, drop, tried
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.fields import Sent, Ticked, Upload
from bot.console.file_work.kept import KEPT_IN_PATH, Kept, handed_in_before
from bot.console.file_work.use import Column
from bot.console.forms import BLANK, Typed, read_query
from bot.console.found import found
from bot.console.knowledge.import_asking import AskedImport, weighing_of
from bot.console.knowledge.importing import AT_ONCE, Handed
from bot.console.limits import UPLOAD
from bot.console.lists import Asked
from bot.console.redirects import address, go, see_other
from bot.console.render import page
from bot.console.resolvers import office_in_path, out_of_path
from bot.console.routing import Room
from bot.console.words import say
from bot.officials.permissions import Action
from bot.storage.import_rows import ImportKind, add_import, find_import

room: Final = Room("imports")
KIND: Final = ImportKind.CARDS
ACCEPTED: Final = ".xlsx,.csv,.docx"
COLUMNS: Final = (
    Column(heading="imports.new", count="new"),
    Column(heading="imports.changed", count="changed"),
    Column(heading="imports.faults", count="faults"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadForm:
    """A table to be tried."""

    file: Annotated[Sent, Upload()]
    new: Annotated[bool, Ticked()] = False
    rename: Annotated[bool, Ticked()] = False


import_in_path: Final = KEPT_IN_PATH[KIND]


@room.page("/imports", Action.KNOWLEDGE_IMPORT, queries=2, menu="imports")
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask for a file, and list those handed in before."""
    asked = read_query(request.query, Asked)
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_IMPORT)
    chosen = request.match_info.get("office") or chosen_office(request, actor, offices)
    office = out_of_path(chosen)
    return page(
        request,
        "imports/list.html",
        typed=typed,
        asked=asked,
        chosen=chosen,
        offices=offices,
        earlier=await handed_in_before(request, KIND, office, asked),
        accepted=ACCEPTED,
        columns=COLUMNS,
    )


@room.act(
    "/imports/{office}/new",
    Action.KNOWLEDGE_IMPORT,
    of=office_in_path,
    form=UploadForm,
    again=overview,
    limit=UPLOAD,
)
async def hand_in(request: web.Request, actor: Actor, form: UploadForm) -> web.StreamResponse:
    """Try a table; nothing of it is told to anybody yet, and what takes long is read meanwhile."""
    office = (await office_in_path(request)).office
    handed = Handed(name=form.file.name or say("imports.unnamed"), body=form.file.body)
    asked = AskedImport(new=form.new, rename=form.rename)
    weighing, _ = await weighing_of(request, office, handed, asked, wait=AT_ONCE)
    async with doing(request, actor) as acting:
        number = await add_import(
            acting.connection,
            office=office,
            officer=actor.officer.id,
            name=handed.name,
            body=handed.body,
            digest=handed.digest,
            counts=counts_of(weighing) if weighing else None,
            at=acting.now,
        )
        known = await find_import(acting.connection, number)
        if known:
            tried(acting, known[0])
    said = {name: "on" for name in ("new", "rename") if getattr(form, name)}
    return see_other(address(request, "import_outcome.outcome", said or None, id=str(number)))


@room.act("/imports/{id}/drop", Action.KNOWLEDGE_IMPORT, of=import_in_path, form=WishForm)
async def drop_file(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Forget a file."""
    async with doing(request, actor) as acting:
        await drop(acting, found(request, Kept).file)
    return go(request, "imports.overview", done="import_dropped")
