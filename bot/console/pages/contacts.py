"""Where citizens find an office: those of a branch with their hotlines, and what one says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.changes.meeting import ahead_at
from bot.console.choosing import offices_to_choose
from bot.console.exports import give_list
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.contact_forms import OfficeForm
from bot.console.knowledge.contact_pages import (
    back_to_contacts,
    shelf_asked,
    typed_lines,
    waiting_of,
)
from bot.console.knowledge.contact_view import (
    Held,
    held_office,
    hidden_hotlines,
    office_cells,
    own_hotlines,
)
from bot.console.knowledge.library import LIBRARY, Shelf
from bot.console.knowledge.proposing import saved
from bot.console.knowledge.samples import still_sample
from bot.console.knowledge.week import grid, in_words, read_grid
from bot.console.lists import Asked
from bot.console.questions.second_look import Ways, look_twice
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.changes import ChangeKind
from bot.officials.permissions import Action
from knowledge.models import Office

room: Final = Room("contacts")
EMAIL: Final = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
CONTACTS: Final = (ChangeKind.OFFICE, ChangeKind.HOTLINE)
OFFICE_FIELDS: Final = ("address", "map_url", "phone", "email", "hours", "hours_note", "aliases")


@room.page("/contacts", Action.KNOWLEDGE_SEE, queries=2, menu="contacts")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the offices of a branch, and the hotlines one of them tells."""
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    shelf = await shelf_asked(request, actor)
    branch = _branch(actor, shelf)
    codes = {shelf.office, *(str(one.code) for one in branch)}
    return page(
        request,
        "contacts/list.html",
        ahead=await ahead_at(request.app[CONSOLE].database, CONTACTS, codes),
        chosen=in_path(shelf.office),
        chosen_name=shelf.office_name(shelf.office),
        offices=offices,
        shown=[(one, in_words(one.hours)) for one in branch],
        hotlines=shelf.snapshot.hotlines,
        own=own_hotlines(shelf),
        hidden=hidden_hotlines(shelf),
        editable={
            str(one.code)
            for one in shelf.snapshot.offices
            if actor.may(Action.CONTACTS_PREPARE, one.code)
        },
        may_edit=actor.may(Action.CONTACTS_PREPARE, shelf.office),
    )


def _branch(actor: Actor, shelf: Shelf) -> list[Office]:
    tree, chosen = actor.tree, shelf.office
    return [one for one in shelf.snapshot.offices if tree.covers(chosen, one.code)]


@room.page("/contacts/file", Action.KNOWLEDGE_SEE, queries=8, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the offices as a spreadsheet."""
    shelf, asked = await shelf_asked(request, actor), read_query(request.query, Asked)
    headings = ("office", "address", "phone", "email", "hours", "hours_note")
    sheet = Sheet(
        title=say("contacts.offices"),
        headings=[say(f"contacts.{one}") for one in headings],
        rows=tuple(office_cells(_branch(actor, shelf))),
    )
    return await give_list(request, actor, sheet, asked, name="contacts", stem="lien-he")


async def office_here(request: web.Request) -> Found:
    """Find what the office of ``{office}`` says of itself; all of them together say nothing."""
    office = (await office_in_path(request)).office
    held = await held_office(await request.app[LIBRARY].shelf(office), office)
    if held is None:
        raise NotThere
    return Found(office=office, thing=held)


@room.page("/contacts/{office}", Action.CONTACTS_PREPARE, of=office_here, queries=2)
async def office(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask what an office says of itself."""
    held = found(request, Held)
    return page(
        request,
        "contacts/office.html",
        typed=typed,
        held=held,
        ahead=await waiting_of(request, ChangeKind.OFFICE, held),
        told=held.told,
        grid=grid(held.told.hours),
        hours=in_words(held.told.hours),
    )


@room.act(
    "/contacts/{office}",
    Action.CONTACTS_PREPARE,
    of=office_here,
    form=OfficeForm,
    again=office,
)
async def save_office(request: web.Request, actor: Actor, form: OfficeForm) -> web.StreamResponse:
    """Save what an office says of itself."""
    held = found(request, Held)
    if form.email and not EMAIL.fullmatch(form.email):
        raise Faulty({"email": say("contacts.email_wrong")})
    values: dict[str, Any] = {name: getattr(form, name) for name in OFFICE_FIELDS}
    values |= {"hours": read_grid(form.hours), "aliases": typed_lines(form.aliases)}
    if form.real:
        _refuse_sample(held, values)
        values["sample"] = False
    ways = Ways(office=held.office, ref=held.ref, wanted=values["aliases"], had=held.told.aliases)
    await look_twice(request, ways, sure=form.sure)
    fields = held.with_(values)
    wish = held.wish(ChangeKind.OFFICE, held.told.name, fields, form.reason)
    done = await saved(request, actor, wish, form.token)
    return back_to_contacts(request, held.office, done)


def _refuse_sample(held: Held, values: Mapping[str, Any]) -> None:
    told = {"name": held.told.name, **values}
    fields = [say(f"contacts.told_{name}") for name in still_sample(told, held.base)]
    if fields:
        raise Faulty({"real": say("contacts.still_sample", fields=", ".join(fields))})
