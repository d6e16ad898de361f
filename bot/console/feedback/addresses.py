"""What the address of a case names: its number, never the reference a citizen follows it by."""

from __future__ import annotations

from aiohttp import web

from bot.console.keys import CONSOLE
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.feedback.models import CaseId
from bot.feedback.reference import shown
from bot.storage.case_rows import find_case


async def case_in_path(request: web.Request) -> Found:
    """Find the case of ``{case}``."""
    number = CaseId(number_in(request.match_info["case"]))
    async with request.app[CONSOLE].database.reading() as connection:
        case = await find_case(connection, number)
    if case is None:
        raise NotThere
    return Found(office=case.office, thing=case, name=shown(case.reference))
