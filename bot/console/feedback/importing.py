"""An export of a hotline that was handed in: found by its address, tried, taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.console import file_work
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.feedback.times import CLOCKWORK
from bot.console.file_work import FilesAtWork, Sort, Work
from bot.console.keys import CONSOLE
from bot.console.knowledge.importing import Handed
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.feedback.hotline.fates import Imported
from bot.feedback.hotline.judging import Fate
from bot.feedback.hotline.reading import Export
from bot.handling.filing import Filing
from bot.handling.importing import Importing, begun
from bot.handling.sealing import Seals
from bot.storage.import_rows import (
    Counts,
    Import,
    ImportKind,
    ImportStatus,
    begin,
    count,
    find_import,
    settle,
)
from knowledge.tabular.grid import UnreadableFile
from knowledge.tabular.sheet_rows import row_marks, sheet_rows

# Seconds a page waits for a file that is quickly read.
PATIENCE: Final = 0.5
EXPORTS: Final = Sort(file="export.xlsx", fault=UnreadableFile, rows=row_marks)
CASE_FILES = web.AppKey("case_files", FilesAtWork[Imported])


async def stop_case_files(app: web.Application) -> None:
    """Leave what is under way when the console is put away."""
    await app[CASE_FILES].stop()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptExport:
    """An export that was handed in, with its bytes while they are kept."""

    file: Import
    body: bytes

    @property
    def handed(self) -> Handed:
        """The file itself."""
        return Handed(name=self.file.name, body=self.body)


async def export_in_path(request: web.Request) -> Found:
    """Find the export of ``{export}``."""
    number = number_in(request.match_info["export"])
    async with request.app[CONSOLE].database.reading() as connection:
        known = await find_import(connection, number, ImportKind.CASES)
    if known is None:
        raise NotThere
    file, body = known
    return Found(office=file.office, thing=KeptExport(file=file, body=body))


def looked_at(request: web.Request, handed: Handed) -> None:
    """Look whether a file has the headings of an export; it blocks.

    Raises:
        UnreadableFile: it has not; the message says in Vietnamese what to do.
    """
    export = Export(EXPORTS.file, request.app[CONSOLE].clock.now())
    file_work.looked_at(EXPORTS, handed, lambda path: next(export.rows(sheet_rows(path)), None))


def taking_over(request: web.Request, known: KeptExport) -> Work[Imported] | None:
    """Give how far it is with taking an export over, as far as this process knows."""
    return request.app[CASE_FILES].of((known.file.id, True))


async def looked_into(request: web.Request, actor: Actor, known: KeptExport) -> Work[Imported]:
    """Tell how far it is with taking an export over, else what it would do.

    Raises:
        Busy: too many files wait already.
    """
    storing = taking_over(request, known)
    if storing and (not storing.ended or storing.taken):
        return storing
    database = request.app[CONSOLE].database

    async def note(done: Imported) -> None:
        async with database.writing() as connection:
            await count(connection, known.file.id, _counts(done))

    taking = _importing(request, actor, known.file, dry_run=True)
    job = (known.file.id, False)
    return await request.app[CASE_FILES].work(job, known.handed, taking, note, wait=PATIENCE)


async def take(request: web.Request, actor: Actor, known: KeptExport, *, note: str) -> None:
    """Begin to take an export over, beside the loop; what is good in it is kept.

    Raises:
        Busy: too many files wait already.
    """
    files, number = request.app[CASE_FILES], known.file.id
    database = request.app[CONSOLE].database

    async def end(_: Imported) -> None:
        async with database.writing() as connection:
            await settle(connection, number, ImportStatus.TAKEN)

    taking = _importing(request, actor, known.file, note=note)
    files.require_room((number, True))
    storing = taking_over(request, known)
    if storing is None or storing.ended:
        async with doing(request, actor) as acting:
            await begin(acting.connection, number)
            begun(acting, known.file.office, known.file.name, note)
    await files.work((number, True), known.handed, taking, end, wait=PATIENCE)
    files.forget((number, False))


def _counts(done: Imported) -> Counts:
    """Give the counts that are kept with the file."""
    return Counts(
        new=done.of(Fate.NEW),
        changed=0,
        unchanged=done.of(Fate.KNOWN),
        faults=done.of(Fate.FAULTY),
    )


def _importing(
    request: web.Request, actor: Actor, file: Import, *, note: str = "", dry_run: bool = False
) -> Importing:
    house = request.app[CONSOLE]
    return Importing(
        database=house.database.unhurried(),
        clock=house.clock,
        by=actor.by,
        filing=Filing(Seals(house.vaults.data), request.app[CLOCKWORK]),
        office=file.office,
        name=file.name,
        note=note,
        dry_run=dry_run,
    )
