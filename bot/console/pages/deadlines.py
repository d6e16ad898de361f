"""How long an office takes with what citizens tell it: limits of the law, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.fields import Line, Number, OneOf, Reason, Ticked
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.render import page
from bot.console.resolvers import office_in_path, out_of_path
from bot.console.routing import Found, NotThere, Room
from bot.console.standing.chosen import chosen
from bot.console.standing.deadlines import KIND, PROFILE, Deadline, table_here
from bot.console.standing.keeping import kept_of
from bot.console.standing.setting import put, settings_again
from bot.console.words import say
from bot.feedback.limits import Limit, fault_of, shipped, units_of
from bot.feedback.terms import Unit
from bot.officials.own_limits import OwnLimit, Profile
from bot.officials.permissions import Action
from bot.storage.kept_rows import last_runs

room = Room("deadlines")
PAPER: Final = 200
# What a field of numbers takes; what a limit may be is said by itself.
DIGITS: Final = 9999


class Do(StrEnum):
    """What the form's buttons ask for."""

    SAVE = "save"
    SHIPPED = "shipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelForm:
    """Whose model the office follows where no law sets a limit for everybody."""

    profile: Annotated[Profile, OneOf(Profile)]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmForm:
    """By which paper the office confirms the limits as they stand."""

    paper: Annotated[str, Line(5, PAPER)]
    reason: Annotated[str, Reason()]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineForm:
    """A limit as the office wants it."""

    number: Annotated[int, Number(1, DIGITS)]
    unit: Annotated[Unit, OneOf(Unit)]
    reason: Annotated[str, Reason()]
    paper: Annotated[str, Line(0, PAPER)] = ""
    confirmed: Annotated[bool, Ticked()] = False
    do: Annotated[Do, OneOf(Do)] = Do.SAVE


@room.page("/cases/settings/deadlines", Action.CASES_SETTINGS, queries=3, menu="deadlines")
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show every limit of an office with its source, and which citizens are told of."""
    office = chosen(request, actor, Action.CASES_SETTINGS)
    table = await table_here(request, office.code)
    async with request.app[CONSOLE].database.reading() as connection:
        runs = await last_runs(connection)
    return page(
        request,
        "deadlines/list.html",
        typed=typed,
        office_here=office,
        table=table,
        kept=kept_of(table, runs),
        profiles=[(str(one), say(f"deadline_profiles.{one}")) for one in Profile],
    )


@room.act(
    "/cases/settings/deadlines/{office}/profile",
    Action.CASES_SETTINGS,
    of=office_in_path,
    form=ModelForm,
    again=overview,
)
async def follow(request: web.Request, actor: Actor, form: ModelForm) -> web.StreamResponse:
    """Follow the published limits of a province."""
    office = (await office_in_path(request)).office
    title, value = say("deadlines.profile"), {"profile": str(form.profile)}
    changed = await put(request, actor, office, PROFILE, value, title=title, reason=form.reason)
    return _done(request, changed=changed)


@room.act(
    "/cases/settings/deadlines/{office}/confirm",
    Action.CASES_SETTINGS,
    of=office_in_path,
    form=ConfirmForm,
    again=overview,
)
async def confirm(request: web.Request, actor: Actor, form: ConfirmForm) -> web.StreamResponse:
    """Confirm all limits that nobody has confirmed, as they stand; citizens are told of them."""
    office = (await office_in_path(request)).office
    waiting = (await table_here(request, office)).unconfirmed
    for one in waiting:
        own = OwnLimit(
            number=one.limit.number, unit=str(one.limit.unit), confirmed=True, paper=form.paper
        )
        await _put(request, actor, office, one.limit, own, form.reason)
    return _done(request, changed=bool(waiting))


async def deadline_in_path(request: web.Request) -> Found:
    """Find the limit of ``{deadline}`` as ``{office}`` has it."""
    office = (await office_in_path(request)).office
    known = {one.id: one for one in shipped()}
    if request.match_info["deadline"] not in known:
        raise NotThere
    return Found(office=office, thing=known[request.match_info["deadline"]])


@room.page(
    "/cases/settings/deadlines/{office}/{deadline}",
    Action.CASES_SETTINGS,
    of=deadline_in_path,
    queries=2,
)
async def deadline(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one limit with its form."""
    one = await _deadline(request)
    return page(
        request,
        "deadlines/one.html",
        typed=typed,
        one=one,
        part=request.match_info["office"],
        units=[(str(unit), say(f"deadline_units.{unit}")) for unit in units_of(one.shipped)],
    )


@room.act(
    "/cases/settings/deadlines/{office}/{deadline}",
    Action.CASES_SETTINGS,
    of=deadline_in_path,
    form=DeadlineForm,
    again=deadline,
)
async def save(request: web.Request, actor: Actor, form: DeadlineForm) -> web.StreamResponse:
    """Set a limit, confirmed or not, or go back to the one shipped."""
    one, office = await _deadline(request), (await office_in_path(request)).office
    if form.do is Do.SHIPPED:
        return _done(
            request, changed=await _put(request, actor, office, one.limit, None, form.reason)
        )
    _refuse(one.shipped, form)
    own = OwnLimit(
        number=form.number, unit=str(form.unit), confirmed=form.confirmed, paper=form.paper
    )
    return _done(request, changed=await _put(request, actor, office, one.limit, own, form.reason))


def _refuse(limit: Limit, form: DeadlineForm) -> None:
    if fault := fault_of(limit, form.number, form.unit):
        field = "unit" if fault == "unit" else "number"
        raise Faulty({field: say(f"deadlines.fault_{fault}", most=limit.number)})
    if limit.local and form.confirmed and not form.paper:
        raise Faulty({"paper": say("deadlines.fault_paper")})


async def _put(
    request: web.Request,
    actor: Actor,
    office: str,
    limit: Limit,
    own: OwnLimit | None,
    reason: str,
) -> bool:
    key, value = f"{KIND}:{limit.id}", own.value if own else {}
    return await put(request, actor, office, key, value, title=limit.label, reason=reason)


def _done(request: web.Request, *, changed: bool) -> web.StreamResponse:
    office = out_of_path(request.match_info["office"])
    return settings_again(request, "deadlines.overview", office, changed=changed)


async def _deadline(request: web.Request) -> Deadline:
    limit, office = found(request, Limit), (await office_in_path(request)).office
    rows = (await table_here(request, office)).rows
    shown = next((one for one in rows if one.limit.id == limit.id), None)
    if shown is None:  # the office follows another model
        raise NotThere
    return shown
