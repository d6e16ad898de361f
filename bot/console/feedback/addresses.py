"""What the address of a case names: its number, never the reference a citizen follows it by."""

from __future__ import annotations

from aiohttp import web

from bot.console.actor import Actor
from bot.console.feedback.handling import reach_of
from bot.console.keys import CONSOLE, VISIT
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.feedback.models import CaseId
from bot.feedback.reference import shown
from bot.handling.access import giver
from bot.officials.permissions import Action
from bot.storage.case_rows import find_case
from bot.storage.conflict_rows import is_of
from bot.storage.sent_case_rows import find_sent


async def case_in_path(request: web.Request) -> Found:
    """Find the case of ``{case}``; for whom it complains of there is none."""
    number, actor = CaseId(number_in(request.match_info["case"])), request[VISIT].actor
    async with request.app[CONSOLE].database.reading() as connection:
        case = await find_case(connection, number)
        if case is None or (actor and await is_of(connection, actor.officer.id, number)):
            raise NotThere
    return Found(office=case.office, thing=case, name=shown(case.reference))


async def case_or_state_in_path(request: web.Request) -> Found:
    """Find the case of ``{case}``; for an office that gave it away, a ``SentCase``: no more."""
    whole, actor = await case_in_path(request), request[VISIT].actor
    if actor is None or actor.may(Action.CASES_SEE, whole.office):
        return whole
    return await _state(request, actor, whole) or whole


async def _state(request: web.Request, actor: Actor, whole: Found) -> Found | None:
    number = CaseId(number_in(request.match_info["case"]))
    async with request.app[CONSOLE].database.reading() as connection:
        office = await giver(connection, number, await reach_of(connection, actor))
        if office is None:
            return None
        return Found(office=office, thing=await find_sent(connection, number), name=whole.name)
