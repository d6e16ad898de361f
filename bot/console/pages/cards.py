"""Cards of procedures: the list, and one card with what citizens get of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.changes.meeting import ahead_of
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.fields import Line, OneOf
from bot.console.forms import read_query
from bot.console.found import found as named
from bot.console.keys import CONSOLE
from bot.console.knowledge.card_content import told_by
from bot.console.knowledge.cells import CARD
from bot.console.knowledge.finding import Only, found, listed
from bot.console.knowledge.history import history as history_of_record
from bot.console.knowledge.library import LIBRARY
from bot.console.knowledge.preview import CardPreview, card_preview
from bot.console.knowledge.resolving import CardHere, card_in_path, card_tabs, today
from bot.console.lists import Asked, listing, sliced
from bot.console.render import page
from bot.console.resolvers import out_of_path
from bot.console.routing import Room
from bot.conversation.outcomes import Aspect
from bot.officials.changes import ChangeKind
from bot.officials.permissions import Action

room: Final = Room("cards")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCards(Asked):
    """What the list is asked for."""

    sector: Annotated[str, Line(1, 200)] = ""
    only: Annotated[Only | None, OneOf(Only)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one card is looked at for."""

    side: Annotated[Aspect, OneOf(Aspect)] = Aspect.OVERVIEW


@room.page("/cards", Action.KNOWLEDGE_SEE, queries=1, menu="cards")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """List the cards of one office, by name."""
    asked = read_query(request.query, AskedCards)
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    chosen = chosen_office(request, actor, offices)
    shelf = await request.app[LIBRARY].shelf(out_of_path(chosen))
    rows = await asyncio.to_thread(
        found, shelf, text=asked.text, sector=asked.sector, only=asked.only, today=today(request)
    )
    day = today(request)
    shown = sliced(rows, asked.page).turned(lambda card: listed(shelf, card, today=day))
    return page(
        request,
        "cards/list.html",
        asked=asked,
        chosen=chosen,
        offices=offices,
        sectors=[(one, one) for one in shelf.sectors],
        cards=listing(request, asked, shown),
        total=len(rows),
        may_add=actor.may(Action.KNOWLEDGE_PREPARE, shelf.office),
    )


@room.page("/cards/{office}/{code}", Action.KNOWLEDGE_SEE, of=card_in_path, queries=2)
async def card(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what a card says, field by field, and whose word each is."""
    here, database = named(request, CardHere), request.app[CONSOLE].database
    office, code = here.shelf.office, str(here.card.code)
    return page(
        request,
        "cards/card.html",
        known=here,
        ahead=await ahead_of(database, ChangeKind.PROCEDURE, office, code),
        told=told_by(here.shelf, here.card),
        tabs=card_tabs(request, here),
        may_edit=actor.may(Action.KNOWLEDGE_PREPARE, here.shelf.office),
    )


@room.page("/cards/{office}/{code}/preview", Action.KNOWLEDGE_SEE, of=card_in_path, queries=1)
async def preview(request: web.Request, _: Actor) -> web.StreamResponse:
    """Show one side of a card as each channel shows it."""
    here, looked = named(request, CardHere), read_query(request.query, Looked)
    return page(
        request,
        "cards/preview_page.html",
        known=here,
        shown=await _previewed(request, here, looked.side),
        tabs=card_tabs(request, here),
    )


@room.page("/cards/{office}/{code}/history", Action.KNOWLEDGE_SEE, of=card_in_path, queries=3)
async def history(request: web.Request, _: Actor) -> web.StreamResponse:
    """Show who changed a card at its office, when and why, and what is not in force."""
    known = named(request, CardHere)
    database = request.app[CONSOLE].database
    return page(
        request,
        "cards/history.html",
        known=known,
        told=await history_of_record(database, CARD, known.shelf.office, str(known.card.code)),
        tabs=card_tabs(request, known),
    )


async def _previewed(request: web.Request, here: CardHere, side: Aspect) -> CardPreview:
    desk = request.app[CONSOLE].conversation.desk
    return await asyncio.to_thread(
        card_preview, desk, here.shelf, here.card, side, today=today(request)
    )
