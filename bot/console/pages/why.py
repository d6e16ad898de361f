"""“Thử như người dân”: the reply a question gets now, and why."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.fields import Words
from bot.console.forms import read_query
from bot.console.keys import CONSOLE
from bot.console.knowledge.why import explain
from bot.console.render import page
from bot.console.routing import Room
from bot.officials.permissions import Action

LONGEST: Final = 2_000
room: Final = Room("why")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the page is asked: a question, or nothing yet."""

    q: Annotated[str, Words(0, LONGEST)] = ""


def _ours(request: web.Request) -> str:
    office = request.app[CONSOLE].conversation.desk.office
    return str(office.code) if office else ""


@room.page("/cards/why", Action.KNOWLEDGE_SEE, queries=1, heavy=True, menu="why")
async def ask(request: web.Request, _: Actor) -> web.StreamResponse:
    """Show what the citizen would read, what was considered and how the question was read."""
    house, asked = request.app[CONSOLE], read_query(request.query, Asked)
    told = None
    if asked.q:
        now = house.clock.now()
        told = await asyncio.to_thread(explain, house.conversation, asked.q, now=now)
    return page(request, "cards/why.html", question=asked.q, told=told, office_code=_ours(request))
