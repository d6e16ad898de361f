"""The National portal: when it was read, what changed, and taking its word or keeping ours."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from aiohttp import web

from bot.casework import following
from bot.console.actor import Actor
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.fields import Code, OneOf
from bot.console.forms import Faulty, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.library import LIBRARY, Shelf
from bot.console.knowledge.portal_view import Reading, own_codes, seen, wish
from bot.console.lists import Asked, listing
from bot.console.redirects import go
from bot.console.render import page
from bot.console.renewing import renewed
from bot.console.resolvers import number_in, office_in_path, out_of_path
from bot.console.routing import Found, NotThere, Room
from bot.console.rules import publishes_own
from bot.console.words import say
from bot.officials.changes import Change, ChangeKind, ChangeStatus, Clash
from bot.officials.field_marks import Token
from bot.officials.permissions import Action
from bot.storage.verdict_rows import Decided, Sought, find_portal_change, portal_changes_at
from knowledge import portal_records

room: Final = Room("sync")
TOKEN: Final = r"[0-9a-f.]{1,80}"  # noqa: S105 - its shape


class Only(StrEnum):
    """Which of the portal's changes are listed."""

    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSync(Asked):
    """What the list is asked for; at first what an office has to decide."""

    only: Annotated[Only, OneOf(Only)] = Only.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """That the portal's word is taken, or not; ``token`` tells what of ours was shown."""

    token: Annotated[str, Code(TOKEN)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One change of the portal's, at one office."""

    shelf: Shelf
    decided: Decided


async def matter_in_path(request: web.Request) -> Found:
    """Find the portal's change of ``{change}`` as the office of ``{office}`` sees it."""
    office = (await office_in_path(request)).office
    number = number_in(request.match_info["change"])
    async with request.app[CONSOLE].database.reading() as connection:
        decided = await find_portal_change(connection, number, office)
    if decided is None:
        raise NotThere
    shelf = await request.app[LIBRARY].shelf(office)
    return Found(office=office, thing=Matter(shelf=shelf, decided=decided))


@room.page("/sync", Action.KNOWLEDGE_SEE, queries=2, menu="sync")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show when the portal was read and what changed of what an office tells."""
    house, asked = request.app[CONSOLE], read_query(request.query, AskedSync)
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    chosen = chosen_office(request, actor, offices)
    shelf = await request.app[LIBRARY].shelf(out_of_path(chosen))
    sought = Sought(text=asked.text)
    if asked.only is Only.OPEN:
        sought = Sought(
            kinds=(portal_records.ChangeKind.CHANGED,),
            codes=own_codes(shelf),
            undecided=True,
            text=asked.text,
        )
    async with house.database.reading() as connection:
        rows = await portal_changes_at(connection, shelf.office, sought, after=asked.page)
    shown = await asyncio.to_thread(rows.turned, lambda one: seen(shelf, one))
    return page(
        request,
        "sync/list.html",
        asked=asked,
        offices=offices,
        chosen=chosen,
        reading=Reading.of(shelf),
        nightly=house.settings.portal_sync == "nightly",
        changes=listing(request, asked, shown),
        may_decide=actor.may(Action.SYNC_DECIDE, shelf.office),
    )


@room.act("/sync/{office}/{change}/accept", Action.SYNC_DECIDE, of=matter_in_path, form=Following)
async def accept(request: web.Request, actor: Actor, form: Following) -> web.StreamResponse:
    """Say what the portal says."""
    matter = found(request, Matter)
    wished = await asyncio.to_thread(wish, matter.shelf, matter.decided)
    if wished is None:
        raise Faulty({"": say("sync.gone")})
    publish = publishes_own(
        actor, request.app[CONSOLE], wished.office, kind=ChangeKind.PROCEDURE, ref=wished.ref
    )
    async with doing(request, actor) as acting:
        done = await following.accept(
            acting, matter.decided.id, wished, token=Token(form.token), publish=publish
        )
        if isinstance(done, Clash):
            raise Faulty({"": say("sync.clash")})
    await renewed(request)
    waits = isinstance(done, Change) and done.status is ChangeStatus.WAITING
    return _back(request, "submitted" if waits else "sync_accepted")


@room.act("/sync/{office}/{change}/keep", Action.SYNC_DECIDE, of=matter_in_path, form=Following)
async def keep(request: web.Request, actor: Actor, form: Following) -> web.StreamResponse:
    """Go on saying what the office says."""
    del form
    matter = found(request, Matter)
    async with doing(request, actor) as acting:
        await following.keep(
            acting, matter.decided.id, matter.shelf.office, matter.decided.change.code
        )
    return _back(request, "sync_kept")


def _back(request: web.Request, done: str) -> web.StreamResponse:
    return go(request, "sync.overview", done=done)
