"""What the address of a case names: its number, never the reference a citizen follows it by."""

from __future__ import annotations

from aiohttp import web

from bot.console.keys import CONSOLE, VISIT
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.feedback.models import CaseId
from bot.feedback.reference import shown
from bot.storage.case_rows import find_case
from bot.storage.conflict_rows import is_of


async def case_in_path(request: web.Request) -> Found:
    """Find the case of ``{case}``; for whom it complains of there is none."""
    number, actor = CaseId(number_in(request.match_info["case"])), request[VISIT].actor
    async with request.app[CONSOLE].database.reading() as connection:
        case = await find_case(connection, number)
        if case is None or (actor and await is_of(connection, actor.officer.id, number)):
            raise NotThere
    return Found(office=case.office, thing=case, name=shown(case.reference))
