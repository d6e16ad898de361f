"""The public board as officers see it: whose senders were asked, what waits, what is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import office_names, offices_asked, offices_to_filter
from bot.console.feedback.naming import shortened
from bot.console.fields import OneOf
from bot.console.forms import read_query
from bot.console.keys import CONSOLE
from bot.console.lists import Asked, listing
from bot.console.render import page
from bot.console.routing import Room
from bot.console.words import say
from bot.feedback.reference import shown
from bot.feedback.topics import topic_label
from bot.officials.permissions import Action
from bot.storage.board_list_rows import Stage, list_board

room: Final = Room("board")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBoard(Asked):
    """Which stage is listed; all for none."""

    stage: Annotated[Stage | None, OneOf(Stage)] = None


@room.page("/board", Action.CASES_PUBLISH, queries=2)
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the cases whose senders were asked whether everybody may read them."""
    asked, names = read_query(request.query, AskedBoard), office_names(request)
    offices = offices_asked(actor, Action.CASES_PUBLISH, asked.office)
    # By the codes of all where all are meant: the index begins with the office.
    reach = names.keys() if offices is None else offices
    async with request.app[CONSOLE].database.reading() as connection:
        found = await list_board(connection, actor.officer.id, reach, asked.stage, asked.page)
    return page(
        request,
        "cases/board_list.html",
        asked=asked,
        offices=offices_to_filter(request, actor, Action.CASES_PUBLISH),
        names=names,
        stages=[(str(one), say(f"board.state_{one}")) for one in Stage],
        shown=listing(request, asked, found),
        shown_as=shown,
        shortened=shortened,
        topic_of=topic_label,
    )
