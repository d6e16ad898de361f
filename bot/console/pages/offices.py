"""The tree of offices, and how many officers work at each."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.keys import CONSOLE
from bot.console.people.tree import branches
from bot.console.render import page
from bot.console.routing import Room
from bot.officials.permissions import Action
from bot.storage.officer_rows import count_at

room: Final = Room("offices")


@room.page("/offices", Action.PEOPLE_SEE, queries=2, menu="offices")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the offices the officer may see, as a tree."""
    house, reach = request.app[CONSOLE], actor.offices(Action.PEOPLE_SEE)
    desk = house.conversation.desk
    async with house.database.reading() as connection:
        counted = await count_at(connection)
    seen = [one for one in desk.knowledge.snapshot.offices if reach is None or one.code in reach]
    return page(
        request,
        "offices/tree.html",
        branches=branches(seen),
        counted=counted,
        answers=desk.office.code if desk.office else "",
    )
