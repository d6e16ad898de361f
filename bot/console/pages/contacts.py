"""Where citizens find an office: addresses, numbers, opening hours, hotlines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.changes.meeting import ahead_at, ahead_of
from bot.console.changes.reading import Told
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.exports import give_list
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.contact_forms import (
    HideForm,
    HotlineForm,
    NewHotlineForm,
    OfficeForm,
    ToldOfNumber,
)
from bot.console.knowledge.contact_view import (
    Held,
    held_hotline,
    held_office,
    hidden_hotlines,
    hotline_cells,
    new_hotline,
    office_cells,
    own_hotlines,
)
from bot.console.knowledge.library import LIBRARY, Shelf
from bot.console.knowledge.proposing import saved
from bot.console.knowledge.resolving import today
from bot.console.knowledge.samples import still_sample
from bot.console.knowledge.week import grid, in_words, read_grid
from bot.console.lists import Asked
from bot.console.questions.second_look import Ways, look_twice
from bot.console.redirects import address, see_other
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path, out_of_path
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.changes import ChangeKind, Wish
from bot.officials.models import EVERYWHERE
from bot.officials.permissions import Action
from knowledge.models import Hotline, Office, OfficeCode, Source
from knowledge.record_edits import GONE, told_again

room: Final = Room("contacts")
EMAIL: Final = re.compile(r"[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+")
CONTACTS: Final = (ChangeKind.OFFICE, ChangeKind.HOTLINE)
OFFICE_FIELDS: Final = ("address", "map_url", "phone", "email", "hours", "hours_note", "aliases")


@room.page("/contacts", Action.KNOWLEDGE_SEE, queries=2, menu="contacts")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the offices of a branch, and the hotlines one of them tells."""
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    shelf = await _shelf(request, actor)
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


async def _shelf(request: web.Request, actor: Actor) -> Shelf:
    offices = offices_to_choose(request, actor, Action.KNOWLEDGE_SEE)
    return await request.app[LIBRARY].shelf(out_of_path(chosen_office(request, actor, offices)))


@room.page("/contacts/file", Action.KNOWLEDGE_SEE, queries=8, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the offices as a spreadsheet."""
    shelf, asked = await _shelf(request, actor), read_query(request.query, Asked)
    headings = ("office", "address", "phone", "email", "hours", "hours_note")
    sheet = Sheet(
        title=say("contacts.offices"),
        headings=[say(f"contacts.{one}") for one in headings],
        rows=tuple(office_cells(_branch(actor, shelf))),
    )
    return await give_list(request, actor, sheet, asked, name="contacts", stem="lien-he")


@room.page("/contacts/hotlines/file", Action.KNOWLEDGE_SEE, queries=8, heavy=True)
async def export_hotlines(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the hotlines as a spreadsheet."""
    shelf, asked = await _shelf(request, actor), read_query(request.query, Asked)
    headings = ("number", "hotline", "purpose", "source", "url")
    sheet = Sheet(
        title=say("contacts.hotlines"),
        headings=[say(f"contacts.{one}") for one in headings],
        rows=tuple(hotline_cells(shelf.snapshot.hotlines)),
    )
    return await give_list(request, actor, sheet, asked, name="hotlines", stem="duong-day-nong")


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
        ahead=await _ahead(request, ChangeKind.OFFICE, held),
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
    values |= {"hours": read_grid(form.hours), "aliases": _lines(form.aliases)}
    if form.real:
        _refuse_sample(held, values)
        values["sample"] = False
    ways = Ways(office=held.office, ref=held.ref, wanted=values["aliases"], had=held.told.aliases)
    await look_twice(request, ways, sure=form.sure)
    wish = Wish(
        kind=ChangeKind.OFFICE,
        office=held.office,
        ref=held.ref,
        title=held.told.name,
        fields=held.with_(values),
        reason=form.reason,
        beneath=held.beneath,
    )
    done = await saved(request, actor, wish, form.token)
    return _back(request, held.office, done)


def _refuse_sample(held: Held, values: Mapping[str, Any]) -> None:
    told = {"name": held.told.name, **values}
    fields = [say(f"contacts.told_{name}") for name in still_sample(told, held.base)]
    if fields:
        raise Faulty({"real": say("contacts.still_sample", fields=", ".join(fields))})


async def hotline_in_path(request: web.Request) -> Found:
    """Find the hotline ``{phone}`` as the office of ``{office}`` tells it."""
    office = (await office_in_path(request)).office
    shelf = await request.app[LIBRARY].shelf(office)
    held = await held_hotline(shelf, request.match_info["phone"])
    if held is None:
        raise NotThere
    return Found(office=office, thing=held)


@room.page("/contacts/{office}/hotlines", Action.CONTACTS_PREPARE, of=office_in_path, queries=2)
async def new(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask for a new number."""
    office = (await office_in_path(request)).office
    shelf = await request.app[LIBRARY].shelf(office)
    return await _hotline_page(request, new_hotline(shelf, ""), typed)


@room.act(
    "/contacts/{office}/hotlines",
    Action.CONTACTS_PREPARE,
    of=office_in_path,
    form=NewHotlineForm,
    again=new,
)
async def add(request: web.Request, actor: Actor, form: NewHotlineForm) -> web.StreamResponse:
    """Add a number."""
    office = (await office_in_path(request)).office
    shelf = await request.app[LIBRARY].shelf(office)
    if await held_hotline(shelf, form.phone) is not None:
        raise Faulty({"phone": say("contacts.number_taken")})
    held = new_hotline(shelf, form.phone)
    belongs = {"office": OfficeCode(office)} if office != EVERYWHERE else {}
    return await _save_hotline(request, actor, held, form, held.token, belongs)


@room.page(
    "/contacts/{office}/hotlines/{phone}", Action.CONTACTS_PREPARE, of=hotline_in_path, queries=2
)
async def hotline(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask what is to be told of a number."""
    return await _hotline_page(request, found(request, Held), typed)


async def _hotline_page(request: web.Request, held: Held, typed: Typed) -> web.Response:
    told: Hotline | None = held.told or held.again
    return page(
        request,
        "contacts/hotline.html",
        typed=typed,
        held=held,
        ahead=await _ahead(request, ChangeKind.HOTLINE, held),
        chosen=in_path(held.office),
        told=told,
        today=today(request),
        is_hidden=held.told is None and held.again is not None,
    )


@room.act(
    "/contacts/{office}/hotlines/{phone}",
    Action.CONTACTS_PREPARE,
    of=hotline_in_path,
    form=HotlineForm,
    again=hotline,
)
async def change(request: web.Request, actor: Actor, form: HotlineForm) -> web.StreamResponse:
    """Tell something else of a number."""
    held = found(request, Held)
    return await _save_hotline(request, actor, held, form, form.token, {})


async def _save_hotline(
    request: web.Request,
    actor: Actor,
    held: Held,
    form: ToldOfNumber,
    token: str,
    more: Mapping[str, Any],
) -> web.Response:
    if form.seen > today(request):
        raise Faulty({"seen": say("contacts.ahead")})
    values: dict[str, Any] = {
        "name": form.name,
        "purpose": form.purpose,
        "aliases": _lines(form.aliases),
        "source": Source(name=form.source, url=form.url, seen=form.seen),
        **more,
    }
    had = held.told.aliases if held.told else ()
    ways = Ways(office=held.office, ref=held.ref, wanted=values["aliases"], had=had)
    await look_twice(request, ways, sure=form.sure)
    wish = _hotline_wish(held, form.name, told_again(held.with_(values)), form.reason)
    done = await saved(request, actor, wish, token)
    return _back(request, held.office, done)


@room.act(
    "/contacts/{office}/hotlines/{phone}/hide",
    Action.CONTACTS_PREPARE,
    of=hotline_in_path,
    form=HideForm,
)
async def hide(request: web.Request, actor: Actor, form: HideForm) -> web.StreamResponse:
    """Tell a number no more, or one hidden again, in the words it had before."""
    held = found(request, Held)
    hidden = held.own.get(GONE)
    fields = told_again(held.own) if hidden else {**held.own, GONE: True}
    name = (held.told or held.again).name
    wish = _hotline_wish(held, name, fields, form.reason)
    done = await saved(request, actor, wish, form.token)
    return _back(request, held.office, done)


async def _ahead(request: web.Request, kind: ChangeKind, held: Held) -> Sequence[Told]:
    return await ahead_of(request.app[CONSOLE].database, kind, held.office, held.ref)


def _hotline_wish(held: Held, name: str, fields: Mapping[str, Any], reason: str) -> Wish:
    return Wish(
        kind=ChangeKind.HOTLINE,
        office=held.office,
        ref=held.ref,
        title=f"{held.ref} {name}",
        fields=fields,
        reason=reason,
        beneath=held.beneath,
    )


def _back(request: web.Request, office: str, done: str) -> web.Response:
    query = {"office": in_path(office), "done": done}
    return see_other(address(request, "contacts.overview", query))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
