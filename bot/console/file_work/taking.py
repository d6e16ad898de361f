"""A file that was handed in: tried, and taken over."""

from __future__ import annotations

from typing import Final, TypeVar

from aiohttp import web

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.file_work.at_work import Work
from bot.console.file_work.kept import Kept
from bot.console.file_work.use import Use
from bot.console.keys import CONSOLE
from bot.storage.import_rows import ImportStatus, begin, count, settle

Taken = TypeVar("Taken")
# Seconds a page waits for a file that is quickly read.
PATIENCE: Final = 0.5


def taking_over(request: web.Request, use: Use[Taken], known: Kept) -> Work[Taken] | None:
    """Give how far it is with taking a file over, as far as this process knows."""
    return request.app[use.files].of((known.file.id, True))


async def looked_into(
    request: web.Request, actor: Actor, use: Use[Taken], known: Kept
) -> Work[Taken]:
    """Tell how far it is with taking a file over, else what it would do.

    Raises:
        Busy: too many files wait already.
    """
    storing = taking_over(request, use, known)
    if storing and (not storing.ended or storing.taken):
        return storing
    database = request.app[CONSOLE].database

    async def note(taken: Taken) -> None:
        async with database.writing() as connection:
            await count(connection, known.file.id, use.counts(taken))

    taking = use.takes(request, actor, known.file, note="", dry_run=True)
    job = (known.file.id, False)
    return await request.app[use.files].work(job, known.handed, taking, note, wait=PATIENCE)


async def take(
    request: web.Request, actor: Actor, use: Use[Taken], known: Kept, *, note: str
) -> None:
    """Begin to take a file over, beside the loop; what is good in it is kept.

    Raises:
        Busy: too many files wait already.
    """
    files, number = request.app[use.files], known.file.id
    database = request.app[CONSOLE].database

    async def end(_: Taken) -> None:
        async with database.writing() as connection:
            await settle(connection, number, ImportStatus.TAKEN)

    taking = use.takes(request, actor, known.file, note=note, dry_run=False)
    files.require_room((number, True))
    storing = taking_over(request, use, known)
    if storing is None or storing.ended:
        # Who looks from another process, or after this one died, is not told that nothing was
        # stored.
        async with doing(request, actor) as acting:
            await begin(acting.connection, number)
            use.deeds.begun(acting, known.file.office, known.file.name, note)
    await files.work((number, True), known.handed, taking, end, wait=PATIENCE)
    files.forget((number, False))
