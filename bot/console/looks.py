"""Looks at a case, talk or wish that were refused: each is remembered, of a number of none too."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.console.actor import Actor, Forbidden
from bot.console.keys import CONSOLE
from bot.console.routing import NotThere, Way
from bot.handling.access import remember_refused
from bot.handling.doing import KIND as CASE
from bot.handling.own.deeds import KIND as DATA_WISH

# What somebody guessed that is no number of a case.
NO_NUMBER: Final = "?"
# No case has a longer number, but a telephone has; and nothing is ever taken out of the audit.
LONGEST: Final = 8
# What the watched rooms are about that are not about cases.
KINDS: Final = {"data_wishes": DATA_WISH, "talks": "talk"}


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
                kind=KINDS.get(way.name.partition(".")[0], CASE),
            )
        raise


def _guessed(request: web.Request) -> str:
    told = next(iter(request.match_info.values()), "")
    return told if told.isascii() and told.isdigit() and len(told) <= LONGEST else NO_NUMBER
