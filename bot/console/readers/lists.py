"""A list of readers that was handed in: found by its address, tried, taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.file_work import Work
from bot.console.keys import CONSOLE
from bot.console.knowledge.importing import Handed
from bot.console.readers.outcome import counts_of
from bot.console.readers.working import READER_LISTS
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.newsroom.reader_lists import Taken, Taking, begun
from bot.officials.models import EVERYWHERE
from bot.storage.import_rows import (
    Import,
    ImportKind,
    ImportStatus,
    begin,
    count,
    find_import,
    settle,
)

# Seconds a page waits for a list that is quickly read.
PATIENCE: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """A list that was handed in, with its bytes while they are kept."""

    file: Import
    body: bytes

    @property
    def handed(self) -> Handed:
        """The list itself."""
        return Handed(name=self.file.name, body=self.body)


async def list_in_path(request: web.Request) -> Found:
    """Find the list of ``{list}``."""
    number = number_in(request.match_info["list"])
    async with request.app[CONSOLE].database.reading() as connection:
        known = await find_import(connection, number, ImportKind.READERS)
    if known is None:
        raise NotThere
    file, body = known
    return Found(office=file.office, thing=KeptList(file=file, body=body))


def taking_over(request: web.Request, known: KeptList) -> Work[Taken] | None:
    """Give how far it is with taking a list over, as far as this process knows."""
    return request.app[READER_LISTS].of((known.file.id, True))


async def looked_into(request: web.Request, actor: Actor, known: KeptList) -> Work[Taken]:
    """Tell how far it is with taking a list over, else what it would do.

    Raises:
        Busy: too many lists wait already.
    """
    storing = taking_over(request, known)
    if storing and (not storing.ended or storing.taken):
        return storing
    database = request.app[CONSOLE].database

    async def note(taken: Taken) -> None:
        async with database.writing() as connection:
            await count(connection, known.file.id, counts_of(taken))

    taking = _taking(request, actor, known.file, dry_run=True)
    job = (known.file.id, False)
    return await request.app[READER_LISTS].work(job, known.handed, taking, note, wait=PATIENCE)


async def take(request: web.Request, actor: Actor, known: KeptList, *, note: str) -> None:
    """Begin to take a list over, beside the loop; what is good in it is kept.

    Raises:
        Busy: too many lists wait already.
    """
    lists, number = request.app[READER_LISTS], known.file.id
    database = request.app[CONSOLE].database

    async def end(_: Taken) -> None:
        async with database.writing() as connection:
            await settle(connection, number, ImportStatus.TAKEN)

    taking = _taking(request, actor, known.file, note=note)
    job = (number, True)
    lists.require_room(job)
    storing = taking_over(request, known)
    if storing is None or storing.ended:
        # Who looks from another process, or after this one died, is not told that nobody was
        # added.
        async with doing(request, actor) as acting:
            await begin(acting.connection, number)
            begun(acting, known.file.office, known.file.name, note)
    await lists.work(job, known.handed, taking, end, wait=PATIENCE)
    lists.forget((number, False))


def _taking(
    request: web.Request, actor: Actor, file: Import, *, note: str = "", dry_run: bool = False
) -> Taking:
    """Let a list reach the readers of its office and below it, nobody else's."""
    house = request.app[CONSOLE]
    everywhere = file.office == EVERYWHERE
    offices = actor.tree.codes if everywhere else actor.tree.branch(file.office)
    return Taking(
        database=house.database.unhurried(),
        clock=house.clock,
        by=actor.by,
        offices=offices,
        reach=None if everywhere else offices,
        office=file.office,
        name=file.name,
        note=note,
        dry_run=dry_run,
    )
