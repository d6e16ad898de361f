"""Writing: a transaction in the name of the officer who sent the form."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

from aiohttp import web

from bot.casework.deeds import Acting, acting
from bot.console.actor import Actor
from bot.console.keys import CONSOLE


def doing(request: web.Request, actor: Actor) -> AbstractAsyncContextManager[Acting]:
    """Open ``acting`` for ``actor``: what is done in it and its deeds commit together."""
    house = request.app[CONSOLE]
    return acting(house.database, house.clock, actor.by)
