"""The cards as a table that can be edited and handed in again."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.exports import give_file
from bot.console.fields import Ticked
from bot.console.forms import read_query
from bot.console.knowledge.library import LIBRARY
from bot.console.middlewares import error_page
from bot.console.resolvers import office_in_path
from bot.console.routing import Room
from bot.console.xlsx import cards_table
from bot.officials.audit import Deed
from bot.officials.permissions import Action
from knowledge.tabular.grid import UnreadableFile

room: Final = Room("exports")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCards:
    """Whether the portal's procedures without a card of ours are wanted too."""

    all: Annotated[bool, Ticked()] = False


@room.page(
    "/exports/{office}/cards/file",
    Action.KNOWLEDGE_SEE,
    of=office_in_path,
    queries=8,
    heavy=True,
)
async def cards(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the cards as an office tells them; read back, the table changes nothing."""
    office = (await office_in_path(request)).office
    everything = read_query(request.query, AskedCards).all
    shelf = await request.app[LIBRARY].shelf(office)
    told = sorted(
        (one for one in shelf.snapshot.procedures if everything or one.has_card),
        key=lambda one: one.code,
    )
    after = {"office": office, "rows": len(told)}
    deed = Deed(action="exported", office=office, kind="list", subject="cards", after=after)
    try:
        body = await asyncio.to_thread(cards_table, told)
    except UnreadableFile as fault:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return error_page(request, status, "too_long_to_export", why=f"{fault}.")
    async with doing(request, actor) as acting:
        acting.did(deed)
    return give_file(request, body, "the-thu-tuc")
