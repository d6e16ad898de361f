"""Units of offices: who handles cases, who heads them, and which fields come to them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.feedback.handling import WHOLE, bureau_of
from bot.console.feedback.naming import topic_choices
from bot.console.feedback.units import UnitForm, workers_at
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import number_in, one_office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.feedback.models import UnitId
from bot.feedback.topics import topic_label
from bot.handling import units
from bot.handling.refusing import Refused, in_words
from bot.officials.permissions import Action
from bot.storage.unit_rows import Unit, find_unit, units_of
from knowledge.models import Office

room: Final = Room("case_units")


async def unit_in_path(request: web.Request) -> Found:
    """Find the unit of ``{unit}``."""
    number = UnitId(number_in(request.match_info["unit"]))
    async with request.app[CONSOLE].database.reading() as connection:
        unit = await find_unit(connection, number)
    if unit is None:
        raise NotThere
    return Found(office=unit.office, thing=unit, name=unit.name)


@room.page("/cases/units", Action.CASES_SETTINGS, queries=5, menu="case_units")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the units of an office."""
    offices = offices_to_choose(request, actor, Action.CASES_SETTINGS, everywhere=False)
    office = chosen_office(request, actor, offices)
    async with request.app[CONSOLE].database.reading() as connection:
        known = await units_of(connection, office)
        people = await workers_at(connection, actor.tree, office)
    return page(
        request,
        "cases/units.html",
        offices=offices,
        chosen=office,
        units=[one for one in known if one.active],
        names={number: one.name for number, one in people.items()},
        topic_of=topic_label,
    )


@room.page("/cases/units/new/{office}", Action.CASES_SETTINGS, of=one_office_in_path, queries=3)
async def new(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the form of a unit that is to be."""
    return await _form(request, actor, typed, str(found(request, Office).code), None)


@room.act(
    "/cases/units/new/{office}",
    Action.CASES_SETTINGS,
    of=one_office_in_path,
    form=UnitForm,
    again=new,
)
async def add(request: web.Request, actor: Actor, form: UnitForm) -> web.StreamResponse:
    """Add a unit."""
    office = str(found(request, Office).code)
    async with _settling(request, actor) as acting:
        await units.add(acting, bureau_of(request), form.wish(office))
    return go(request, "case_units.overview", done="unit_saved")


@room.page("/cases/units/{unit}", Action.CASES_SETTINGS, of=unit_in_path, queries=5)
async def unit(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one unit as it may be changed."""
    known = found(request, Unit)
    return await _form(request, actor, typed, known.office, known)


@room.act("/cases/units/{unit}", Action.CASES_SETTINGS, of=unit_in_path, form=UnitForm, again=unit)
async def change(request: web.Request, actor: Actor, form: UnitForm) -> web.StreamResponse:
    """Change a unit."""
    known = found(request, Unit)
    async with _settling(request, actor) as acting:
        await units.change(acting, bureau_of(request), known.id, form.wish(known.office))
    return go(request, "case_units.overview", done="unit_saved")


@room.act(
    "/cases/units/{unit}/close", Action.CASES_SETTINGS, of=unit_in_path, form=WishForm, again=unit
)
async def close(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Let a unit take no more cases."""
    async with _settling(request, actor) as acting:
        await units.close(acting, found(request, Unit).id)
    return go(request, "case_units.overview", done="unit_closed")


@asynccontextmanager
async def _settling(request: web.Request, actor: Actor) -> AsyncIterator[Acting]:
    """Open a transaction; what stands against the wish is said beside its form."""
    try:
        async with doing(request, actor) as acting:
            yield acting
    except Refused as fault:
        raise Faulty({WHOLE: in_words(fault)}) from fault


async def _form(
    request: web.Request, actor: Actor, typed: Typed, office: str, known: Unit | None
) -> web.Response:
    async with request.app[CONSOLE].database.reading() as connection:
        people = await workers_at(connection, actor.tree, office)
    return page(
        request,
        "cases/unit.html",
        typed=typed,
        known=known,
        code=office,
        people=[(str(number), one.name) for number, one in people.items()],
        topics=topic_choices(),
    )
