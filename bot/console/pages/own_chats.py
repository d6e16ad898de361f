"""An officer's own chats: where they are reminded, proved by a code typed there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.doing import doing
from bot.console.fields import Line
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.routing import Gate, Room
from bot.newsroom.officer_chats import offer_code, unlink
from bot.storage.officer_chat_rows import chats_of

room: Final = Room("own_chats")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnlinkForm:
    """Which chat is written to no more."""

    conversation: Annotated[str, Line(1, 180)]


@room.page("/account/chats", Gate.OWN, queries=2)
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the chats in which the officer is written to."""
    return await _shown(request, actor)


@room.act("/account/chats/code", Gate.OWN, form=WishForm)
async def code(request: web.Request, actor: Actor, form: WishForm) -> web.StreamResponse:  # noqa: ARG001 - it has no field
    """Make a code and show it, this once."""
    async with doing(request, actor) as acting:
        made, until = await offer_code(acting, actor.officer)
    return await _shown(request, actor, code=made, until=until)


@room.act("/account/chats/unlink", Gate.OWN, form=UnlinkForm)
async def drop(request: web.Request, actor: Actor, form: UnlinkForm) -> web.StreamResponse:
    """Write to the officer in this chat no more."""
    async with doing(request, actor) as acting:
        for one in await chats_of(acting.connection, actor.officer.id):
            if one.address.conversation == form.conversation:
                await unlink(acting, actor.officer, one.address)
    return go(request, "own_chats.overview", done="chat_unlinked")


async def _shown(
    request: web.Request, actor: Actor, *, code: str = "", until: datetime | None = None
) -> web.StreamResponse:
    async with request.app[CONSOLE].database.reading() as connection:
        chats = await chats_of(connection, actor.officer.id)
    return page(request, "chats/list.html", chats=chats, code=code, until=until)
