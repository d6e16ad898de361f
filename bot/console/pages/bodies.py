"""Where matters go that an office does not decide: the addresses that ways and answers tell."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.fields import Code, Line, Reason
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.console.standing.chosen import chosen
from bot.console.standing.setting import put, settings_again
from bot.console.words import say
from bot.feedback.bodies import BodyRole, body_roles, named
from bot.feedback.ways import unsettled
from bot.officials.field_marks import Token, token_of
from bot.officials.permissions import Action
from bot.officials.receptions import BODY_FIELDS, Body
from bot.officials.standing import Standing
from bot.storage.setting_rows import settings_of
from bot.storage.standing_rows import find_standing
from knowledge.layers import lineage

room = Room("bodies")
KIND: Final = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyForm:
    """What a place is called and where it is found; all blank is as shipped."""

    token: Annotated[str, Code()]
    reason: Annotated[str, Reason()]
    name: Annotated[str, Line(0, 160)] = ""
    address: Annotated[str, Line(0, 200)] = ""
    phone: Annotated[str, Line(0, 60)] = ""
    hours: Annotated[str, Line(0, 120)] = ""


@room.page("/cases/settings/bodies", Action.CASES_SETTINGS, queries=2)
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """List the places, and the rules of law that somebody still has to look up."""
    office = chosen(request, actor, Action.CASES_SETTINGS)
    told = await _told(request, office.line)
    return page(
        request,
        "cases/bodies.html",
        office_here=office,
        shown=[(role, named(role.id, told), role.id in told) for role in body_roles().values()],
        unsettled=unsettled(),
    )


async def body_in_path(request: web.Request) -> Found:
    """Find the place ``{body}`` as ``{office}`` names it."""
    office = (await office_in_path(request)).office
    role = body_roles().get(request.match_info["body"])
    if role is None:
        raise NotThere
    return Found(office=office, thing=role, name=role.name)


@room.page(
    "/cases/settings/bodies/{office}/{body}", Action.CASES_SETTINGS, of=body_in_path, queries=3
)
async def one(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask where a place is found."""
    office, role = (await office_in_path(request)).office, found(request, BodyRole)
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    told = await _told(request, lineage(offices, office))
    async with request.app[CONSOLE].database.reading() as connection:
        own = await find_standing(connection, office, f"{KIND}:{role.id}")
    return page(
        request,
        "cases/body.html",
        typed=typed,
        role=role,
        part=in_path(office),
        told=told.get(role.id, Body(name="")),
        token=token_of(own),
    )


@room.act(
    "/cases/settings/bodies/{office}/{body}",
    Action.CASES_SETTINGS,
    of=body_in_path,
    form=BodyForm,
    again=one,
)
async def save(request: web.Request, actor: Actor, form: BodyForm) -> web.StreamResponse:
    """Set where a place is found, or go back to what is shipped."""
    office, role = (await office_in_path(request)).office, found(request, BodyRole)
    told = Body(**{name: getattr(form, name) for name in BODY_FIELDS})
    if any(asdict(told).values()) and not (told.address or told.phone):
        raise Faulty({"address": say("bodies.nowhere")})
    changed = await put(
        request,
        actor,
        office,
        f"{KIND}:{role.id}",
        told.value if told.address or told.phone else {},
        title=role.name,
        reason=form.reason,
        token=Token(form.token),
    )
    return settings_again(request, "bodies.overview", office, changed=changed)


async def _told(request: web.Request, line: tuple[str, ...]) -> dict[str, Body]:
    async with request.app[CONSOLE].database.reading() as connection:
        settings = await settings_of(connection, line, KIND)
    return dict(Standing.of(settings, line).bodies)
