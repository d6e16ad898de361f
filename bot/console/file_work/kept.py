"""Files that were handed in and are kept: found by their address, listed for an office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.console.keys import CONSOLE
from bot.console.knowledge.importing import Handed
from bot.console.lists import Asked, Listing, listing
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Resolver
from bot.storage.import_rows import Import, ImportKind, find_import, import_of, imports_at
from bot.storage.paging import Order, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that was handed in, with its bytes while they are kept."""

    file: Import
    body: bytes

    @property
    def handed(self) -> Handed:
        """The file itself."""
        return Handed(name=self.file.name, body=self.body)


def _in_path(kind: ImportKind) -> Resolver:
    async def kept_in_path(request: web.Request) -> Found:
        number = number_in(request.match_info["id"])
        async with request.app[CONSOLE].database.reading() as connection:
            known = await find_import(connection, number, kind)
        if known is None:
            raise NotThere
        file, body = known
        return Found(office=file.office, thing=Kept(file=file, body=body))

    return kept_in_path


# What finds the file of ``{id}``: one of a kind is none of another.
KEPT_IN_PATH: Final[Mapping[ImportKind, Resolver]] = {kind: _in_path(kind) for kind in ImportKind}


async def handed_in_before(
    request: web.Request, kind: ImportKind, office: str, asked: Asked
) -> Listing[Import]:
    """List an office's files of a kind, the latest first."""
    wanted = imports_at(office, kind)
    order = Order(by=wanted.selected_columns.at, unique=wanted.selected_columns.id)
    async with request.app[CONSOLE].database.reading() as connection:
        earlier = await listed(connection, wanted, order, after=asked.page)
    return listing(request, asked, earlier.turned(import_of))
