"""Issued plans: handed in as files, looked at, put in force."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WhyForm
from bot.console.choosing import chosen_office, office_names, offices_to_choose
from bot.console.doing import doing
from bot.console.fields import CalendarYear, Sent, Ticked, Upload
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.limits import UPLOAD
from bot.console.plans.handed import read_handed
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import in_path, number_in, office_in_path, out_of_path
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.newsroom import planning
from bot.newsroom.keeping import lay_out
from bot.newsroom.planning import Outcome, PlanMoved
from bot.newsroom.working_days import working_days
from bot.officials.permissions import Action
from bot.storage.file_rows import NewFile, file_content, file_heads, store_file
from bot.storage.plan_rows import (
    Issued,
    PlanStatus,
    StoredPlan,
    entries_of,
    find_plan,
    plans_at,
)
from bot.web.downloads import stored_file
from broadcasts.plans.errors import PlanUnreadable
from broadcasts.plans.head import years_named
from broadcasts.plans.models import Plan

room: Final = Room("plans")
ACCEPTED: Final = ".docx,.pdf,.xlsx,.txt"
MEDIA: Final = "application/octet-stream"
YEARS: Final = range(2000, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanForm:
    """A plan's file, its year, and whether it takes the place of one people worked on."""

    file: Annotated[Sent, Upload()]
    year: Annotated[int, CalendarYear(YEARS[0], YEARS[-1])]
    replace: Annotated[bool, Ticked()] = False


async def plan_in_path(request: web.Request) -> Found:
    """Find the plan of ``{plan}``."""
    async with request.app[CONSOLE].database.reading() as connection:
        plan = await find_plan(connection, number_in(request.match_info["plan"]))
    if plan is None:
        raise NotThere
    return Found(office=plan.office, thing=plan)


@room.page("/plans", Action.PLANS_SEE, queries=3, menu="plans")
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the plans of one's offices, and where one is handed in."""
    mine = offices_to_choose(request, actor, Action.PLANS_PREPARE)
    allowed = actor.offices(Action.PLANS_SEE)
    async with request.app[CONSOLE].database.reading() as connection:
        plans = await plans_at(connection, allowed)
    named = request.match_info.get("office")
    return page(
        request,
        "plans/list.html",
        typed=typed,
        plans=plans,
        names=office_names(request),
        mine=mine,
        chosen=named or in_path(out_of_path(chosen_office(request, actor, mine))),
        year=today(request).year,
        accepted=ACCEPTED,
    )


@room.act(
    "/plans/{office}/new",
    Action.PLANS_PREPARE,
    of=office_in_path,
    form=PlanForm,
    again=overview,
    limit=UPLOAD,
)
async def hand_in(request: web.Request, actor: Actor, form: PlanForm) -> web.StreamResponse:
    """Read a plan's file and keep it as a draft."""
    office = (await office_in_path(request)).office
    read = await _read(form)
    async with doing(request, actor) as acting:
        new = NewFile(office=office, name=form.file.name, media=MEDIA, content=form.file.body)
        file = await store_file(acting.connection, new, at=acting.now, by=actor.officer.id)
        issued = Issued(office=office, digest=sha256(form.file.body).hexdigest(), file=file)
        taken = await planning.take_in(acting, read, issued, replace=form.replace)
    if taken.outcome is Outcome.ASKED:
        raise Faulty({"replace": say("plans.asked", count=len(taken.differences))})
    done = "plan_unchanged" if taken.outcome is Outcome.UNCHANGED else "plan_read"
    return go(request, "plans.plan", done=done, plan=str(taken.plan))


async def _read(form: PlanForm) -> Plan:
    sent = form.file
    try:
        return await asyncio.to_thread(read_handed, sent.name, sent.body, form.year)
    except PlanUnreadable as refused:
        raise Faulty({"file": str(refused)}) from refused


def year_to_read(known: StoredPlan) -> int | None:
    """Give the year that the title of a draft names, where it was read for another one."""
    named = years_named(known.title)
    readable = known.status is PlanStatus.DRAFT and known.file is not None
    return named[0] if readable and len(named) == 1 and named[0] != known.year else None


@room.page("/plans/plan/{plan}", Action.PLANS_SEE, of=plan_in_path, queries=5)
async def plan(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show a plan with its entries and what a person has to look at."""
    known = found(request, StoredPlan)
    async with request.app[CONSOLE].database.reading() as connection:
        entries = await entries_of(connection, known.id)
        files = await file_heads(connection, [known.file] if known.file else [])
    return page(
        request,
        "plans/plan.html",
        typed=typed,
        known=known,
        entries=entries,
        flagged=sum(bool(one.flags) for one in entries),
        other_year=year_to_read(known),
        file=files.get(known.file) if known.file else None,
        may=actor.may(Action.PLANS_PREPARE, known.office),
        shown_office=office_names(request).get(known.office) or say("frame.all_offices"),
    )


@room.page("/plans/plan/{plan}/original", Action.PLANS_SEE, of=plan_in_path, queries=5)
async def file(request: web.Request, _: Actor) -> web.StreamResponse:
    """Give the file as it was handed in."""
    known = found(request, StoredPlan)
    async with request.app[CONSOLE].database.reading() as connection:
        heads = await file_heads(connection, [known.file] if known.file else [])
        content = await file_content(connection, known.file) if known.file else None
    if content is None or known.file is None:
        raise NotThere
    return stored_file(content, heads[known.file].name, MEDIA, cached="no-store")


@room.act(
    "/plans/plan/{plan}/force",
    Action.PLANS_PREPARE,
    of=plan_in_path,
    form=WhyForm,
    again=plan,
)
async def force(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Let a plan count: its times are laid out in the calendar."""
    known = found(request, StoredPlan)
    snapshot = request.app[CONSOLE].conversation.desk.knowledge.snapshot
    try:
        async with doing(request, actor) as acting:
            await planning.put_in_force(acting, known.id, reason=form.reason)
            works = await working_days(acting.connection, snapshot, known.office)
            made = await lay_out(acting, known.id, works, since=today(request))
    except PlanMoved:
        return go(request, "plans.plan", failed="plan_moved", plan=str(known.id))
    return go(
        request, "plans.plan", done="plan_in_force", gaps={"slots": made}, plan=str(known.id)
    )
