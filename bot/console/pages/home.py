"""The first page: what waits, and how the day goes."""

from __future__ import annotations

from typing import Final

from aiohttp import hdrs, web

from bot.console.actor import Actor
from bot.console.choosing import chosen_office, office_names, offices_to_choose
from bot.console.home import reading
from bot.console.home.beginning import steps
from bot.console.home.preparing import preparations
from bot.console.home.waiting import Portal, counts
from bot.console.home.watching import zalo_alarms
from bot.console.keys import CONSOLE
from bot.console.knowledge.library import LIBRARY
from bot.console.knowledge.portal_view import own_codes
from bot.console.render import page
from bot.console.resolvers import out_of_path
from bot.console.routing import Room
from bot.console.rules import approver
from bot.officials.permissions import Action

room: Final = Room("home")


@room.page("/", Action.HOME_SEE, queries=12, menu="home")
async def home(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what waits for the officer and the figures of their offices."""
    house = request.app[CONSOLE]
    portal = await _portal(request, actor)
    by = approver(actor, house)
    shown = await reading.read(house.database, actor, by, house.clock.now(), portal)
    async with house.database.reading() as connection:
        first = await steps(request, actor, connection)
        prepare = await preparations(request, actor, connection)
        alarms = await zalo_alarms(request, actor, connection)
    return page(
        request,
        "home/home.html",
        shown=shown,
        alarms=alarms,
        lists=[("home.first", first), ("home.feedback_first", prepare)],
        names=office_names(request),
    )


async def _portal(request: web.Request, actor: Actor) -> Portal | None:
    """Give the office for which the page of the portal opens, if the officer decides there."""
    seen = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    office = out_of_path(chosen_office(request, actor, seen))
    if not actor.may(Action.SYNC_DECIDE, office):
        return None
    shelf = await request.app[LIBRARY].shelf(office)
    return Portal(office=office, codes=own_codes(shelf))


@room.page("/waiting", Action.HOME_SEE, queries=2, passive=True)
async def waiting(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Tell an open page how much waits behind the others; asked again and again by the script."""
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        told = await counts(connection, actor, approver(actor, house), house.clock.now())
    return web.json_response(dict(told), headers={hdrs.CACHE_CONTROL: "no-store"})
