"""The first page: what waits, and how the day goes."""

from __future__ import annotations

from typing import Final

from aiohttp import hdrs, web

from bot.console.actor import Actor
from bot.console.home import reading
from bot.console.home.waiting import counts
from bot.console.keys import CONSOLE
from bot.console.render import page
from bot.console.routing import Room
from bot.officials.permissions import Action

room: Final = Room("home")


@room.page("/", Action.HOME_SEE, queries=4, menu="home")
async def home(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what waits for the officer and the figures of their offices."""
    house = request.app[CONSOLE]
    shown = await reading.read(house.database, actor, house.clock.now())
    return page(request, "home/home.html", shown=shown)


@room.page("/waiting", Action.HOME_SEE, queries=2, passive=True)
async def waiting(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Tell an open page how much waits behind the others; asked again and again by the script."""
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        told = await counts(connection, actor, house.clock.now())
    return web.json_response(dict(told), headers={hdrs.CACHE_CONTROL: "no-store"})
