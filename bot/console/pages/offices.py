"""The tree of offices: who works where; offices are added, named and placed here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.fields import Code, Line, Reason, Words
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.people.offices import Placement, Why, place, stated, would_ring
from bot.console.people.tree import branches, choices
from bot.console.redirects import go
from bot.console.render import page
from bot.console.renewing import renewed
from bot.console.resolvers import ALL
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.officials.changes import Clash, Refusal
from bot.officials.field_marks import Token, token_of
from bot.officials.permissions import Action
from bot.storage.officer_rows import count_at
from knowledge.models import Office

room: Final = Room("offices")
MARK: Final = r"[0-9a-f.]{1,160}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementForm:
    """What the tree says of an office, and why it shall; ``token`` is what the form began with."""

    name: Annotated[str, Line(2, 160)]
    parent: Annotated[str, Code()]
    province: Annotated[str, Code(shape=r"[0-9]{2}")]
    aliases: Annotated[str, Words(0, 2_000)] = ""
    reason: Annotated[str, Reason()]
    token: Annotated[str, Code(shape=MARK)]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewForm(PlacementForm):
    """What a new office needs."""

    code: Annotated[str, Code(shape=r"[a-z0-9][a-z0-9-]{1,62}")]


async def placed_office(request: web.Request) -> Found:
    """Find the office of ``{office}`` in the tree."""
    offices = request.app[CONSOLE].conversation.desk.knowledge.offices
    office = offices.get(request.match_info["office"])
    if office is None:
        raise NotThere
    return Found(office=office.code, thing=office)


@room.page("/offices", Action.PEOPLE_SEE, queries=2, menu="offices")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the offices the officer may see, as a tree."""
    house, reach = request.app[CONSOLE], actor.offices(Action.PEOPLE_SEE)
    desk = house.conversation.desk
    async with house.database.reading() as connection:
        counted = await count_at(connection)
    seen = [one for one in desk.knowledge.snapshot.offices if reach is None or one.code in reach]
    return page(
        request,
        "offices/tree.html",
        branches=branches(seen),
        counted=counted,
        answers=desk.office.code if desk.office else "",
        may=lambda office: actor.may(Action.OFFICES_MANAGE, office),
        may_add=actor.may_somewhere(Action.OFFICES_MANAGE),
    )


@room.page("/offices/new", Action.OFFICES_MANAGE, queries=1)
async def new(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the form of a new office."""
    return await new_again(request, actor, BLANK)


async def new_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show it with what was typed."""
    desk = request.app[CONSOLE].conversation.desk
    return page(
        request,
        "offices/new.html",
        typed=typed,
        parents=_parents(request, actor),
        province=desk.office.province if desk.office else "",
        token=token_of({}),
    )


@room.act("/offices/new", Action.OFFICES_MANAGE, form=NewForm, again=new_again)
async def add(request: web.Request, actor: Actor, form: NewForm) -> web.StreamResponse:
    """Add an office to the tree; citizens are told of it at once."""
    if form.code in request.app[CONSOLE].conversation.desk.knowledge.offices:
        raise Faulty({"code": say("offices.taken")})
    told = _placement(request, actor, form, None).told()
    return await _placed(request, actor, form.code, told, form)


@room.page("/offices/{office}", Action.OFFICES_MANAGE, of=placed_office, queries=2)
async def edit(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the form of an office's place in the tree."""
    return await edit_again(request, actor, BLANK)


async def edit_again(request: web.Request, actor: Actor, typed: Typed) -> web.StreamResponse:
    """Show it with what was typed."""
    office = found(request, Office)
    async with request.app[CONSOLE].database.reading() as connection:
        now = await stated(connection, office.code)
    return page(
        request,
        "offices/edit.html",
        typed=typed,
        placed=office,
        parents=_parents(request, actor, office.parent or ""),
        token=token_of(now),
    )


@room.act(
    "/offices/{office}",
    Action.OFFICES_MANAGE,
    of=placed_office,
    form=PlacementForm,
    again=edit_again,
)
async def change(request: web.Request, actor: Actor, form: PlacementForm) -> web.StreamResponse:
    """Name or place an office otherwise; citizens are told so at once."""
    office = found(request, Office)
    to = _placement(request, actor, form, office.parent or "")
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    if would_ring(office.code, to.parent, offices):
        raise Faulty({"parent": say("offices.ring")})
    return await _placed(request, actor, office.code, to.unlike(office), form)


async def _placed(
    request: web.Request, actor: Actor, code: str, changed: Mapping[str, Any], form: PlacementForm
) -> web.StreamResponse:
    why = Why(title=form.name, reason=form.reason)
    async with doing(request, actor) as acting:
        done = await place(acting, code, changed, token=Token(form.token), why=why)
    if isinstance(done, Clash):
        raise Faulty({"": say("settings.clash")})
    await renewed(request)
    return go(
        request,
        "offices.overview",
        done="nothing_changed" if isinstance(done, Refusal) else "saved",
    )


def _placement(
    request: web.Request, actor: Actor, form: PlacementForm, now: str | None
) -> Placement:
    """Give what was typed; ``now`` is what the office stands below, which may stay."""
    if form.parent not in dict(_parents(request, actor, now)):
        raise Faulty({"parent": say("people.outside")})
    return Placement(
        name=form.name,
        parent="" if form.parent == ALL else form.parent,
        province=form.province,
        aliases=tuple(line.strip() for line in form.aliases.splitlines() if line.strip()),
    )


def _parents(request: web.Request, actor: Actor, now: str | None = None) -> list[tuple[str, str]]:
    """Give what an office may stand below: what the officer keeps, and what it is under now."""
    reach = actor.offices(Action.OFFICES_MANAGE)
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    listed = choices(offices, None if reach is None else reach | {now or ""})
    if reach is None or now == "":
        listed.insert(0, (ALL, say("offices.top")))
    return listed
