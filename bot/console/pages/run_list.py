"""Runs that want a person: missed, stopped by the program, with deliveries nobody is sure of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import office_names, offices_to_filter
from bot.console.fields import OneOf
from bot.console.forms import read_query
from bot.console.keys import CONSOLE
from bot.console.lists import Asked, listing
from bot.console.render import page
from bot.console.routing import Room
from bot.console.words import say
from bot.officials.permissions import Action
from bot.storage.paging import listed
from bot.storage.run_list_rows import ORDER, Which, listed_run, runs_that

room: Final = Room("run_list")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedRuns(Asked):
    """Which runs."""

    which: Annotated[Which | None, OneOf(Which)] = None


@room.page("/runs", Action.NEWS_SEE, queries=2)
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the runs of one's offices, the latest first."""
    asked = read_query(request.query, AskedRuns)
    allowed = actor.offices(Action.NEWS_SEE)
    if asked.office:
        branch = actor.tree.branch(asked.office)
        allowed = branch if allowed is None else branch & allowed
    async with request.app[CONSOLE].database.reading() as connection:
        rows = await listed(connection, runs_that(asked.which, allowed), ORDER, after=asked.page)
    return page(
        request,
        "runs/list.html",
        asked=asked,
        shown=listing(request, asked, rows.turned(listed_run)),
        offices=offices_to_filter(request, actor, Action.NEWS_SEE),
        names=office_names(request),
        choices=[(str(one), say(f"run_list.which_{one}")) for one in Which],
    )
