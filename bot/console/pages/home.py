"""The first page: what waits, and how the day goes."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.home import reading
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
