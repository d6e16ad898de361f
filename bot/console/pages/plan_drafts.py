"""A plan's draft read by mistake: dropped, or read again for the year its document names."""

from __future__ import annotations

import asyncio
from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm, WishForm
from bot.console.doing import doing
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.pages.plans import plan, plan_in_path, year_to_read
from bot.console.plans.handed import read_handed
from bot.console.redirects import go
from bot.console.routing import NotThere, Room
from bot.console.words import say
from bot.newsroom.plan_drafts import PlanInUse, drop, read_again
from bot.newsroom.planning import NoSuchPlan, Outcome, PlanMoved
from bot.officials.permissions import Action
from bot.storage.file_rows import file_content, file_heads
from bot.storage.plan_rows import StoredPlan
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.models import Plan

room: Final = Room("plan_drafts")


@room.act(
    "/plans/plan/{plan}/drop", Action.PLANS_PREPARE, of=plan_in_path, form=WhyForm, again=plan
)
async def drop_draft(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Delete a draft, its entries and its file."""
    known = found(request, StoredPlan)
    try:
        async with doing(request, actor) as acting:
            await drop(acting, known.id, reason=form.reason)
    except PlanInUse:
        return go(request, "plans.plan", failed="plan_in_use", plan=str(known.id))
    except PlanMoved:
        return go(request, "plans.plan", failed="plan_moved", plan=str(known.id))
    except NoSuchPlan:
        return go(request, "plans.overview", failed="plan_moved")
    return go(request, "plans.overview", done="plan_dropped")


@room.act(
    "/plans/plan/{plan}/year", Action.PLANS_PREPARE, of=plan_in_path, form=WishForm, again=plan
)
async def read_for_its_year(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Read the file of a draft again, for the year its title names."""
    known = found(request, StoredPlan)
    year = year_to_read(known)
    try:
        read = await _read(request, known, year) if year else None
    except PlanUnreadable:
        return go(request, "plans.plan", failed="plan_unreadable", plan=str(known.id))
    if read is None:
        return go(request, "plans.plan", failed="plan_moved", plan=str(known.id))
    reason = say("plans.other_year", year=str(read.year))
    try:
        async with doing(request, actor) as acting:
            taken = await read_again(acting, known, read, reason=reason)
    except PlanInUse:
        return go(request, "plans.plan", failed="plan_in_use", plan=str(known.id))
    except (PlanMoved, NoSuchPlan):
        return go(request, "plans.overview", failed="plan_moved")
    if taken.outcome is Outcome.ASKED:
        return go(request, "plans.plan", failed="plan_year_taken", plan=str(known.id))
    return go(request, "plans.plan", done="plan_read", plan=str(taken.plan))


async def _read(request: web.Request, known: StoredPlan, year: int) -> Plan | None:
    """Read the kept file once more; nothing for a plan that came without one."""
    if known.file is None:
        return None
    async with request.app[CONSOLE].database.reading() as connection:
        heads = await file_heads(connection, [known.file])
        content = await file_content(connection, known.file)
    if content is None:
        raise NotThere
    return await asyncio.to_thread(read_handed, heads[known.file].name, content, year)
