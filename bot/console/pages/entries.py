"""One entry of a plan: what the document says, what the office makes of it, and how far it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Day, Line, Number, OneOf, Reason, Ticked, Words
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.plans.grid import shown
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.newsroom import keeping, planning
from bot.newsroom.working_days import working_days
from bot.officials.models import Officer
from bot.officials.permissions import Action
from bot.storage.entry_place_rows import EntryPlace, entry_place
from bot.storage.evidence_rows import evidence_of
from bot.storage.officer_rows import all_officers
from bot.storage.plan_rows import (
    PlanStatus,
    StoredEntry,
    StoredPlan,
    find_entry,
    find_plan,
)
from bot.storage.slot_rows import slots_of_entries
from broadcasts.calendar import Proposal, quotas
from broadcasts.plans.models import PlanReaders
from broadcasts.timing import Period, TimingKind, read_timing
from broadcasts.timing.wire import timing_to_json

room: Final = Room("entries")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryHere:
    """What an address names: an entry, its plan, and where it stands."""

    entry: StoredEntry
    plan: StoredPlan
    place: EntryPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryForm:
    """What a person makes of an entry; units stand one on a line."""

    time_text: Annotated[str, Line(0, 500)] = ""
    lead: Annotated[str, Words(0, 2000)] = ""
    cooperating: Annotated[str, Words(0, 2000)] = ""
    audience: Annotated[PlanReaders | None, OneOf(PlanReaders)] = None
    officer: Annotated[int, Number(0)] = 0
    seen: Annotated[bool, Ticked()] = False
    closed: Annotated[bool, Ticked()] = False
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotForm:
    """Once more than was proposed."""

    due_on: Annotated[date, Day()]
    last_on: Annotated[date | None, Day()] = None


async def entry_in_path(request: web.Request) -> Found:
    """Find the entry of ``{entry}``; it is its plan's office's."""
    number = number_in(request.match_info["entry"])
    async with request.app[CONSOLE].database.reading() as connection:
        entry = await find_entry(connection, number)
        plan = await find_plan(connection, entry.plan) if entry else None
        place = await entry_place(connection, number) if plan else None
    if entry is None or plan is None or place is None:
        raise NotThere
    return Found(office=plan.office, thing=EntryHere(entry=entry, plan=plan, place=place))


@room.page("/entries/{entry}", Action.PLANS_SEE, of=entry_in_path, queries=9)
async def entry(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show an entry with its times, its quotas and what shows that it was done."""
    here = found(request, EntryHere)
    this = today(request)
    async with request.app[CONSOLE].database.reading() as connection:
        slots = await slots_of_entries(connection, [here.entry.id])
        pieces = await evidence_of(connection, [here.entry.id])
        people = await _people(connection, actor, here.plan.office)
    return page(
        request,
        "entries/entry.html",
        typed=typed,
        known=here.entry,
        plan=here.plan,
        slots=tuple(shown(slots, [here.place], this)),
        quotas=quotas(slots, this),
        pieces=pieces,
        people=[(str(one.id), one.name) for one in people],
        audiences=[(str(one), say(f"entries.for_{one}")) for one in PlanReaders],
        today=this,
        may=actor.may(Action.PLANS_PREPARE, here.plan.office),
    )


@room.act(
    "/entries/{entry}/edit",
    Action.PLANS_PREPARE,
    of=entry_in_path,
    form=EntryForm,
    again=entry,
)
async def edit(request: web.Request, actor: Actor, form: EntryForm) -> web.StreamResponse:
    """Keep what a person makes of an entry, and lay out its times anew."""
    here = found(request, EntryHere)
    house = request.app[CONSOLE]
    async with doing(request, actor) as acting:
        if form.officer and form.officer not in {
            one.id for one in await _people(acting.connection, actor, here.plan.office)
        }:
            raise Faulty({"officer": say("faults.not_choice")})
        await planning.mend_entry(acting, here.entry.id, _fields(here, form), reason=form.reason)
        if here.plan.status is PlanStatus.IN_FORCE:
            snapshot = house.conversation.desk.knowledge.snapshot
            works = await working_days(acting.connection, snapshot, here.plan.office)
            await keeping.lay_out(acting, here.plan.id, works, since=today(request))
    return go(request, "entries.entry", done="entry_saved", entry=str(here.entry.id))


def _fields(here: EntryHere, form: EntryForm) -> dict[str, Any]:
    entry = here.entry
    fields: dict[str, Any] = {
        "lead": _lines(form.lead),
        "cooperating": _lines(form.cooperating),
        "audience": form.audience.value if form.audience else "",
        "officer": form.officer or None,
        "status": "closed" if form.closed else "open",
    }
    if form.time_text != entry.time_text:
        timing = read_timing(form.time_text, year=here.plan.year)
        if timing.kind is TimingKind.UNCLEAR:
            raise Faulty({"time_text": say("entries.unclear", note=timing.note)})
        fields |= {"time_text": form.time_text, "timing": timing_to_json(timing)}
    if form.seen:
        fields["flags"] = ()
    return fields


def _lines(told: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in told.splitlines() if line.strip())


@room.act(
    "/entries/{entry}/slots", Action.PLANS_PREPARE, of=entry_in_path, form=SlotForm, again=entry
)
async def add(request: web.Request, actor: Actor, form: SlotForm) -> web.StreamResponse:
    """Ask for the entry once more; what goes on all the time is asked for in this way alone."""
    here = found(request, EntryHere)
    last_on = form.last_on or form.due_on
    if last_on < form.due_on:
        raise Faulty({"last_on": say("slots.order")})
    if form.due_on.year != here.plan.year:
        raise Faulty({"due_on": say("entries.other_year", year=here.plan.year)})
    async with doing(request, actor) as acting:
        others = await slots_of_entries(acting.connection, [here.entry.id])
        span = Period(form.due_on, last_on)
        number = 1 + max((one.number for one in others if one.span == span), default=0)
        wish = Proposal(span=span, number=number, due_on=form.due_on, last_on=last_on)
        await keeping.add_one(acting, here.place, wish)
    return go(request, "entries.entry", done="slot_added", entry=str(here.entry.id))


async def _people(connection: AsyncConnection, actor: Actor, office: str) -> Sequence[Officer]:
    """Give the active officers who work at an office or below it."""
    branch = actor.tree.branch(office) if office else None
    return [
        one
        for one in await all_officers(connection)
        if one.active and (branch is None or one.office in branch)
    ]
