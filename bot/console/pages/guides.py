"""Guides, and questions with their answers: the list, one of them, told or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.changes.meeting import ahead_of
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.fields import OneOf
from bot.console.forms import Faulty, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.cells import GUIDE, asking
from bot.console.knowledge.edit_form import DropForm
from bot.console.knowledge.guide_list import Only, listed
from bot.console.knowledge.history import history
from bot.console.knowledge.in_hand import guide_in_hand
from bot.console.knowledge.library import LIBRARY
from bot.console.knowledge.preview import guide_preview
from bot.console.knowledge.proposing import led_on, proposed
from bot.console.knowledge.resolving import GuideHere, guide_in_path, today
from bot.console.lists import Asked, listing, sliced
from bot.console.render import page
from bot.console.resolvers import out_of_path
from bot.console.routing import Room
from bot.console.words import say
from bot.officials.changes import ChangeKind, Clash
from bot.officials.field_marks import Fields
from bot.officials.permissions import Action
from knowledge.record_edits import GONE, told_again

room: Final = Room("guides")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedGuides(Asked):
    """What the list is asked for."""

    only: Annotated[Only | None, OneOf(Only)] = None


@room.page("/guides", Action.KNOWLEDGE_SEE, queries=1, menu="guides")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """List the guides of one office, by title."""
    asked = read_query(request.query, AskedGuides)
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    chosen = chosen_office(request, actor, offices)
    shelf = await request.app[LIBRARY].shelf(out_of_path(chosen))
    rows = listed(shelf, text=asked.text, only=asked.only)
    return page(
        request,
        "guides/list.html",
        asked=asked,
        chosen=chosen,
        offices=offices,
        guides=listing(request, asked, sliced(rows, asked.page)),
        total=len(rows),
        may_add=actor.may(Action.KNOWLEDGE_PREPARE, shelf.office),
    )


@room.page("/guides/{office}/{ref}", Action.KNOWLEDGE_SEE, of=guide_in_path, queries=4)
async def guide(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show a guide as citizens get it, and who changed it."""
    known = found(request, GuideHere)
    house, office = request.app[CONSOLE], known.shelf.office
    return page(
        request,
        "guides/guide.html",
        known=known,
        ahead=await ahead_of(house.database, ChangeKind.GUIDE, office, str(known.guide.id)),
        texts=asking(GUIDE, GUIDE.texts(known.guide)),
        previews=guide_preview(house.conversation.desk, known.guide, today=today(request)),
        told=await history(house.database, GUIDE, office, str(known.guide.id)),
        token=guide_in_hand(known).token,
        has_own=bool(told_again(guide_in_hand(known).own)),
        may_edit=actor.may(Action.KNOWLEDGE_PREPARE, office),
    )


@room.act("/guides/{office}/{ref}/hide", Action.KNOWLEDGE_PREPARE, of=guide_in_path, form=DropForm)
async def hide(request: web.Request, actor: Actor, form: DropForm) -> web.StreamResponse:
    """Tell citizens of this office's branch nothing of the guide; its own word waits beside."""
    own = guide_in_hand(found(request, GuideHere)).own
    return await _stated(request, actor, form, {**own, GONE: True})


@room.act("/guides/{office}/{ref}/show", Action.KNOWLEDGE_PREPARE, of=guide_in_path, form=DropForm)
async def show(request: web.Request, actor: Actor, form: DropForm) -> web.StreamResponse:
    """Tell a hidden guide again as it was told before."""
    own = guide_in_hand(found(request, GuideHere)).own
    return await _stated(request, actor, form, told_again(own))


@room.act("/guides/{office}/{ref}/drop", Action.KNOWLEDGE_PREPARE, of=guide_in_path, form=DropForm)
async def drop(request: web.Request, actor: Actor, form: DropForm) -> web.StreamResponse:
    """Take the office's word back: the guide is told as without it; one hidden stays so."""
    hidden = found(request, GuideHere).hidden
    return await _stated(request, actor, form, {GONE: True} if hidden else {})


async def _stated(
    request: web.Request, actor: Actor, form: DropForm, fields: Fields
) -> web.StreamResponse:
    known = found(request, GuideHere)
    held = guide_in_hand(known)
    wish = held.wish(ChangeKind.GUIDE, known.guide.title, fields, form.reason)
    done = await proposed(request, actor, wish, form.token)
    if isinstance(done, Clash):
        raise Faulty({"": say("edit.clash_title")})
    return led_on(request, done, "guides.overview", {})
