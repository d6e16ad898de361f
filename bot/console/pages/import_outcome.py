"""What an office's table would do: row by row, as a file, and its good rows taken over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Final

from aiohttp import web

from bot.casework.importing import Moved, Settled, Taking, counts_of, take
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.exports import give_list
from bot.console.fields import Code, Reason, Ticked
from bot.console.file_work.kept import Kept
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.import_asking import AskedImport, asked_of, weighing_of, whole_weighing
from bot.console.knowledge.import_view import Part, fault_cells, row_cells, rows_of, shown_rows
from bot.console.knowledge.importing import PATIENCE, mark
from bot.console.lists import Listing, listing, sliced
from bot.console.pages.imports import import_in_path
from bot.console.redirects import go
from bot.console.render import page
from bot.console.renewing import renewed
from bot.console.resolvers import in_path
from bot.console.routing import NotThere, Room
from bot.console.rules import publishes_own
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.changes import ChangeKind
from bot.officials.permissions import Action
from bot.storage.import_rows import OPEN, Import, ImportStatus, count

room: Final = Room("import_outcome")
AGAIN_SECONDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeForm:
    """Rows to be taken over as they were shown."""

    seen: Annotated[str, Code()]
    reason: Annotated[str, Reason()]
    new: Annotated[bool, Ticked()] = False
    rename: Annotated[bool, Ticked()] = False


@room.page("/imports/{id}", Action.KNOWLEDGE_IMPORT, of=import_in_path, queries=3)
async def outcome(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show what a file would do, row by row, and what is wrong in it."""
    known = found(request, Kept)
    asked = asked_of(request, typed)
    file = known.file
    if file.status not in OPEN and not (known.body and file.counts.faults):
        return _ended(request, file)
    try:
        weighing, _ = await weighing_of(request, file.office, known.handed, asked, wait=PATIENCE)
    except Faulty as fault:
        why = " ".join(fault.faults.values())
        return page(request, "imports/later.html", file=file, chosen=in_path(file.office), why=why)
    if weighing is None:
        return _reading(request, file, len(known.body))
    if file.status not in OPEN:
        asked = replace(asked, part=Part.FAULTS)
        return _ended(request, file, listing(request, asked, sliced(weighing.faults, asked.page)))
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


def _ended(
    request: web.Request, file: Import, left: Listing[object] | None = None
) -> web.Response:
    """Show what became of a file, and the faults that are ``left`` to be mended."""
    chosen = in_path(file.office)
    return page(request, "imports/ended.html", file=file, chosen=chosen, left=left)


def _reading(request: web.Request, file: Import, length: int) -> web.Response:
    """Say that a file is being read; the browser asks again by itself."""
    chosen = in_path(file.office)
    again = request.path_qs
    waiting = page(
        request, "imports/reading.html", file=file, chosen=chosen, again=again, length=length
    )
    waiting.headers["Refresh"] = str(AGAIN_SECONDS)
    return waiting


def _publishes(request: web.Request, actor: Actor, office: str) -> bool:
    house = request.app[CONSOLE]
    return publishes_own(actor, house, office, kind=ChangeKind.PROCEDURE, ref="")


@room.page("/imports/{id}/file", Action.KNOWLEDGE_IMPORT, of=import_in_path, queries=8, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the rows or the faults of a file as a spreadsheet."""
    known, asked = found(request, Kept), read_query(request.query, AskedImport)
    if not known.body:
        raise NotThere
    weighing, _ = await whole_weighing(request, known.file.office, known.handed, asked)
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
    weighing, layers = await whole_weighing(request, known.file.office, known.handed, asked)
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
