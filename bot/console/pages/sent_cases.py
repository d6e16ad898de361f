"""The cases an office gave to another one: where each stands, and nothing of what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import offices_to_filter
from bot.console.feedback.listing import desk_of, offices_of
from bot.console.feedback.naming import state_choices
from bot.console.feedback.sent import sent_row
from bot.console.feedback.tabs import tabs_of
from bot.console.feedback.times import now_of, times_of
from bot.console.fields import OneOf
from bot.console.forms import read_query
from bot.console.keys import CONSOLE
from bot.console.lists import Asked, listing
from bot.console.render import page
from bot.console.routing import Room
from bot.feedback.moves import CaseState
from bot.officials.permissions import Action
from bot.storage.case_tab_rows import count_tabs
from bot.storage.sent_case_rows import WantedSent, list_sent

room: Final = Room("sent_cases")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSent(Asked):
    """What the list may be asked: those in one state; else all that are open."""

    status: Annotated[CaseState | None, OneOf(CaseState)] = None


@room.page("/cases/sent", Action.CASES_SEE, queries=4)
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what one's offices gave away, what is overdue first."""
    asked, now, times = read_query(request.query, AskedSent), now_of(request), times_of(request)
    offices = offices_of(actor, asked)
    wanted = WantedSent(offices=offices, state=asked.status)
    async with request.app[CONSOLE].database.reading() as connection:
        desk = await desk_of(connection, actor, times, now, asked.office or actor.officer.office)
        counts = await count_tabs(connection, offices, desk)
        sent = await list_sent(connection, wanted, actor.officer.id, after=asked.page)
    kept = {"office": asked.office} if asked.office else {}
    return page(
        request,
        "cases/sent_list.html",
        asked=asked,
        ended=not wanted.is_open,
        tabs=tabs_of(request, kept, counts),
        shown=listing(request, asked, sent.turned(partial(sent_row, request))),
        offices=offices_to_filter(request, actor, Action.CASES_SEE),
        states=state_choices(),
    )
