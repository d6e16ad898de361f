"""Offices' tables: handed in, tried, and their good rows taken over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final

from aiohttp import web

from bot.casework.importing import Moved, Settled, Taking, counts_of, drop, take, tried
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.exports import give_list
from bot.console.fields import Code, OneOf, Reason, Sent, Ticked, Upload
from bot.console.file_work.kept import KEPT_IN_PATH, Kept, handed_in_before
from bot.console.file_work.use import Column
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.import_view import Part, fault_cells, row_cells, rows_of, shown_rows
from bot.console.knowledge.importing import (
    AT_ONCE,
    PATIENCE,
    TRIALS,
    Busy,
    Handed,
    NoTable,
    Question,
    mark,
)
from bot.console.knowledge.library import LIBRARY
from bot.console.knowledge.resolving import today
from bot.console.limits import UPLOAD
from bot.console.lists import Asked, listing, sliced
from bot.console.redirects import address, go, see_other
from bot.console.render import page
from bot.console.renewing import renewed
from bot.console.resolvers import in_path, office_in_path, out_of_path
from bot.console.routing import NotThere, Room
from bot.console.rules import publishes_own
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.changes import ChangeKind
from bot.officials.permissions import Action
from bot.storage.import_rows import (
    OPEN,
    Import,
    ImportKind,
    ImportStatus,
    add_import,
    count,
    find_import,
)
from knowledge.layers import Layers
from knowledge.weighing import Weighing

room: Final = Room("imports")
KIND: Final = ImportKind.CARDS
AGAIN_SECONDS: Final = 2
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeForm:
    """Rows to be taken over as they were shown."""

    seen: Annotated[str, Code()]
    reason: Annotated[str, Reason()]
    new: Annotated[bool, Ticked()] = False
    rename: Annotated[bool, Ticked()] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedImport(Asked):
    """Which part of an outcome is looked at, and what is said yes to."""

    part: Annotated[Part | None, OneOf(Part)] = None
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
    weighing, _ = await _weighing(request, office, handed, asked, wait=AT_ONCE)
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
    return see_other(address(request, "imports.outcome", said or None, id=str(number)))


async def _whole(
    request: web.Request, office: str, handed: Handed, asked: AskedImport
) -> tuple[Weighing, Layers]:
    """Tell what a file would do, however long it takes to read.

    Raises:
        Faulty: it cannot be read, or not now.
    """
    weighing, layers = await _weighing(request, office, handed, asked, wait=None)
    if weighing is None:
        raise Faulty({"": say("imports.busy")})
    return weighing, layers


async def _weighing(
    request: web.Request, office: str, handed: Handed, asked: AskedImport, *, wait: float | None
) -> tuple[Weighing | None, Layers]:
    """Tell what a file would do by what is told now; nothing when it is still being read.

    Raises:
        Faulty: it cannot be read, or not now.
    """
    layers = (await request.app[LIBRARY].shelf(office)).layers
    question = Question(
        office=office,
        version=layers.version,
        day=today(request),
        new=asked.new,
        rename=asked.rename,
    )
    try:
        return await request.app[TRIALS].tried(handed, question, layers, wait=wait), layers
    except NoTable as fault:
        raise Faulty({"file": str(fault)}) from fault
    except Busy:
        raise Faulty({"": say("imports.busy")}) from None


@room.page("/imports/{id}", Action.KNOWLEDGE_IMPORT, of=import_in_path, queries=3)
async def outcome(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show what a file would do, row by row, and what is wrong in it."""
    known = found(request, Kept)
    asked = _asked(request, typed)
    file = known.file
    if file.status not in OPEN and not (known.body and file.counts.faults):
        chosen = in_path(file.office)
        return page(request, "imports/ended.html", file=file, chosen=chosen, left=None)
    try:
        weighing, _ = await _weighing(request, file.office, known.handed, asked, wait=PATIENCE)
    except Faulty as fault:
        why = " ".join(fault.faults.values())
        return page(request, "imports/later.html", file=file, chosen=in_path(file.office), why=why)
    if weighing is None:
        return _reading(request, file, len(known.body))
    if file.status not in OPEN:
        asked = replace(asked, part=Part.FAULTS)
        left = listing(request, asked, sliced(weighing.faults, asked.page))
        chosen = in_path(file.office)
        return page(request, "imports/ended.html", file=file, chosen=chosen, left=left)
    if file.status is ImportStatus.READING:
        async with request.app[CONSOLE].database.writing() as connection:
            await count(connection, file.id, counts_of(weighing))
    part = asked.part or (Part.ROWS if rows_of(weighing) else Part.FAULTS)
    shown: Sequence[object] = shown_rows(weighing) if part is Part.ROWS else weighing.faults
    return page(
        request,
        "imports/outcome.html",
        typed=typed,
        asked=replace(asked, part=part),
        file=file,
        chosen=in_path(file.office),
        counts=counts_of(weighing),
        good=len(weighing.edits),
        unknown=weighing.unknown,
        shown=listing(request, replace(asked, part=part), sliced(shown, asked.page)),
        seen=mark(weighing),
        publishes=_publishes(request, actor, file.office),
    )


def _reading(request: web.Request, file: Import, length: int) -> web.Response:
    """Say that a file is being read; the browser asks again by itself."""
    chosen = in_path(file.office)
    again = request.path_qs
    waiting = page(
        request, "imports/reading.html", file=file, chosen=chosen, again=again, length=length
    )
    waiting.headers["Refresh"] = str(AGAIN_SECONDS)
    return waiting


def _asked(request: web.Request, typed: Typed) -> AskedImport:
    asked = read_query(request.query, AskedImport)
    if not typed.values:
        return asked
    return replace(asked, new="new" in typed, rename="rename" in typed)


def _publishes(request: web.Request, actor: Actor, office: str) -> bool:
    house = request.app[CONSOLE]
    return publishes_own(actor, house, office, kind=ChangeKind.PROCEDURE, ref="")


@room.page("/imports/{id}/file", Action.KNOWLEDGE_IMPORT, of=import_in_path, queries=8, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the rows or the faults of a file as a spreadsheet."""
    known, asked = found(request, Kept), read_query(request.query, AskedImport)
    if not known.body:
        raise NotThere
    weighing, _ = await _whole(request, known.file.office, known.handed, asked)
    part = asked.part or Part.ROWS
    cells: Iterable[Sequence[str | int | None]] = (
        row_cells(weighing) if part is Part.ROWS else fault_cells(weighing)
    )
    sheet = Sheet(
        title=say(f"imports.part_{part}"),
        headings=[say(f"imports.{name}") for name in HEADINGS[part]],
        rows=tuple(cells),
        conditions=[(say("imports.file"), known.file.name)],
    )
    return await give_list(request, actor, sheet, asked, name="imports", stem="doc-thu")


HEADINGS: Final = {
    Part.ROWS: ("row", "code", "name", "effect", "fields", "before", "after"),
    Part.FAULTS: ("row", "column", "problem"),
}


@room.act(
    "/imports/{id}/take",
    Action.KNOWLEDGE_IMPORT,
    of=import_in_path,
    form=TakeForm,
    again=outcome,
)
async def take_over(request: web.Request, actor: Actor, form: TakeForm) -> web.StreamResponse:
    """Take the good rows over, as they were shown."""
    known = found(request, Kept)
    if known.file.status not in OPEN:
        raise Faulty({"": say("imports.settled")})
    asked = AskedImport(new=form.new, rename=form.rename)
    weighing, layers = await _whole(request, known.file.office, known.handed, asked)
    if mark(weighing) != form.seen:
        raise Faulty({"": say("imports.moved")})
    if not weighing.edits:
        raise Faulty({"": say("imports.take_none")})
    taking = Taking(file=known.file, weighing=weighing, layers=layers, reason=form.reason)
    publish = _publishes(request, actor, known.file.office)
    try:
        async with doing(request, actor) as acting:
            count = await take(acting, taking, publish=publish)
    except (Moved, Settled) as fault:
        why = "moved" if isinstance(fault, Moved) else "settled"
        await renewed(request)
        raise Faulty({"": say(f"imports.{why}")}) from fault
    if publish:
        await renewed(request)
    done = "imports_taken" if publish else "imports_waiting"
    return go(request, "imports.overview", done=done, gaps={"count": count})


@room.act("/imports/{id}/drop", Action.KNOWLEDGE_IMPORT, of=import_in_path, form=WishForm)
async def drop_file(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Forget a file."""
    async with doing(request, actor) as acting:
        await drop(acting, found(request, Kept).file)
    return go(request, "imports.overview", done="import_dropped")
