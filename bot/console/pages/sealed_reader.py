"""Who reads the sealed inbox of an office: appointed by its leader, by a written document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.bare import WishForm
from bot.console.doing import doing
from bot.console.fields import Line, Number
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.keys import CONSOLE
from bot.console.redirects import address, see_other
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Room
from bot.console.standing.chosen import chosen
from bot.console.words import say
from bot.handling.sealed_inbox import appoint_reader, dismiss_reader
from bot.officials.models import Officer, OfficerId
from bot.officials.permissions import Action
from bot.storage.officer_rows import all_officers
from bot.storage.sealed_rows import count_undecided, reader_of

room: Final = Room("sealed_reader")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderForm:
    """Who is to read, and the number and day of the document that says so."""

    officer: Annotated[int, Number(1)]
    document: Annotated[str, Line(3, 200)]


@room.page("/sealed/reader", Action.SEALED_APPOINT, queries=4, sure=True)
async def overview(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show who reads an office's sealed inbox, and the form that appoints somebody."""
    office = chosen(request, actor, Action.SEALED_APPOINT)
    async with request.app[CONSOLE].database.reading() as connection:
        reader = await reader_of(connection, office.code)
        waiting = await count_undecided(connection, office.code)
        officers = await all_officers(connection)
    called = {one.id: f"{one.name} ({one.login})" for one in officers}
    return page(
        request,
        "sealed/reader.html",
        typed=typed,
        office_here=office,
        reader=reader,
        reader_name=called.get(OfficerId(reader.officer), "") if reader else "",
        waiting=waiting,
        officers=[(str(one.id), called[one.id]) for one in _candidates(actor, officers)],
        lacking=request.app[CONSOLE].vaults.sealed is None,
    )


@room.act(
    "/sealed/reader/{office}",
    Action.SEALED_APPOINT,
    of=office_in_path,
    form=ReaderForm,
    again=overview,
    sure=True,
)
async def appoint(request: web.Request, actor: Actor, form: ReaderForm) -> web.StreamResponse:
    """Let one officer alone open the sealed inbox from now on."""
    office = (await office_in_path(request)).office
    async with doing(request, actor) as acting:
        officers = _candidates(actor, await all_officers(acting.connection))
        if form.officer not in {one.id for one in officers}:
            raise Faulty({"officer": say("sealed_reader.nobody")})
        await appoint_reader(acting, office, form.officer, form.document, by=actor.officer.id)
    return _back(request, office, "sealed_appointed")


@room.act(
    "/sealed/reader/{office}/dismiss",
    Action.SEALED_APPOINT,
    of=office_in_path,
    form=WishForm,
    sure=True,
)
async def dismiss(request: web.Request, actor: Actor, _: WishForm) -> web.StreamResponse:
    """Let nobody open the sealed inbox any more."""
    office = (await office_in_path(request)).office
    async with doing(request, actor) as acting:
        await dismiss_reader(acting, office)
    return _back(request, office, "sealed_dismissed")


def _candidates(actor: Actor, officers: Iterable[Officer]) -> list[Officer]:
    """Give who may be appointed: accounts that are on, in the leader's own branch."""
    return [one for one in officers if one.active and actor.works_at(one.office)]


def _back(request: web.Request, office: str, done: str) -> web.Response:
    query = {"office": in_path(office), "done": done}
    return see_other(address(request, "sealed_reader.overview", query))
