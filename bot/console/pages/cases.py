"""The inbox of feedback: what waits for an officer, what is late, everything; and as a file."""

from __future__ import annotations

import asyncio
from functools import partial
from itertools import islice
from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import office_names, offices_to_filter
from bot.console.exports import give_list
from bot.console.feedback.listing import (
    COLUMNS,
    MOST_UNITS,
    AskedCases,
    cells,
    desk_of,
    officers_in,
    offices_of,
    row_of,
)
from bot.console.feedback.naming import (
    kind_choices,
    state_choices,
    topic_choices,
    way_choices,
)
from bot.console.feedback.tabs import tab_address, tabs_of
from bot.console.feedback.times import now_of, times_of
from bot.console.forms import read_query
from bot.console.keys import CONSOLE
from bot.console.lists import listing
from bot.console.render import page
from bot.console.routing import Room
from bot.console.slices import SLICE, in_slices
from bot.console.words import say
from bot.console.xlsx import MOST_ROWS, Sheet
from bot.officials.permissions import Action
from bot.storage.case_list_rows import ListedCase, list_cases
from bot.storage.case_tab_rows import Tab, count_tabs
from bot.storage.paging import Page
from bot.storage.unit_names import named_units

room: Final = Room("cases")


@room.page("/cases", Action.CASES_SEE, queries=5, menu="cases")
async def inbox(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the cases of one's offices: a tab of them, and how many stand in each."""
    asked, now, times = read_query(request.query, AskedCases), now_of(request), times_of(request)
    offices = offices_of(actor, asked)
    async with request.app[CONSOLE].database.reading() as connection:
        desk = await desk_of(connection, actor, times, now, asked.office or actor.officer.office)
        counts = await count_tabs(connection, offices, desk)
        tab = asked.opened(counts)
        wanted = asked.wanted(offices, tab)
        found = await list_cases(connection, wanted, desk, after=asked.page)
        units = await named_units(connection, offices, limit=MOST_UNITS + 1)
    kept = {name: value for name, value in asked.query().items() if name != "tab"}
    return page(
        request,
        "cases/list.html",
        asked=asked,
        tab=tab,
        tabs=tabs_of(request, kept, counts),
        here_tab=tab_address(request, kept, tab),
        windowed=wanted.is_windowed,
        shown=listing(request, asked, found.turned(partial(row_of, times=times, now=now))),
        offices=offices_to_filter(request, actor, Action.CASES_SEE),
        names=office_names(request),
        kinds=kind_choices(),
        topics=topic_choices(),
        states=state_choices(),
        ways=way_choices(),
        units=[(str(one.id), one.name) for one in units] if len(units) <= MOST_UNITS else [],
        officers=officers_in(units) if len(units) <= MOST_UNITS else [],
        may_enter=actor.may_somewhere(Action.CASES_ENTER),
        may_publish=actor.may_somewhere(Action.CASES_PUBLISH),
        may_export=actor.may_somewhere(Action.CASES_EXPORT),
    )


@room.page("/files/cases.xlsx", Action.CASES_EXPORT, queries=12, heavy=True)
async def file(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the list as a spreadsheet: masked words, and nothing of who sent them."""
    asked, now, times = read_query(request.query, AskedCases), now_of(request), times_of(request)
    database = request.app[CONSOLE].database
    reach = offices_of(actor, asked, Action.CASES_EXPORT)
    async with database.reading() as connection:
        desk = await desk_of(connection, actor, times, now, asked.office or actor.officer.office)
    wanted = asked.wanted(reach, asked.tab or Tab.ALL)

    async def read(after: str) -> Page[ListedCase]:
        async with database.reading() as connection:
            return await list_cases(connection, wanted, desk, after=after, size=SLICE)

    drawn = in_slices(read)
    told = (row_of(one, times, now) for one in drawn)
    # Drawn in a thread, a slice at a time: masking so many takes seconds.
    rows = await asyncio.to_thread(tuple, islice(cells(told, office_names(request)), MOST_ROWS))
    sheet = Sheet(
        title=say("cases.title"),
        headings=[say(f"case_columns.{name}") for name in COLUMNS],
        rows=rows,
        conditions=[],
    )
    return await give_list(request, actor, sheet, asked, name="cases", stem="phan-anh")
