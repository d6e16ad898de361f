"""Looks at a case that were refused: each is remembered, a number nobody has as well."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.console.actor import Actor, Forbidden
from bot.console.keys import CONSOLE
from bot.console.routing import NotThere, Way
from bot.handling.access import remember_refused

# What somebody guessed that is no number of a case.
NO_NUMBER: Final = "?"
# No case has a longer number, but a telephone has; and nothing is ever taken out of the audit.
LONGEST: Final = 8


@asynccontextmanager
async def watched(request: web.Request, way: Way, actor: Actor) -> AsyncIterator[None]:
    """Let somebody be admitted; who is refused a case of a watched way is remembered for it."""
    try:
        yield
    except (Forbidden, NotThere):
        if way.watched and way.of is not None:
            house = request.app[CONSOLE]
            await remember_refused(
                house.database,
                house.clock,
                actor.by,
                office=actor.officer.office,
                subject=_guessed(request),
            )
        raise


def _guessed(request: web.Request) -> str:
    told = next(iter(request.match_info.values()), "")
    return told if told.isascii() and told.isdigit() and len(told) <= LONGEST else NO_NUMBER
