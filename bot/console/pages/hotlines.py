"""The numbers an office tells beside its own: a new one, another word for one, one hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.exports import give_list
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.knowledge.contact_forms import HideForm, HotlineForm, NewHotlineForm, ToldOfNumber
from bot.console.knowledge.contact_pages import (
    back_to_contacts,
    shelf_asked,
    typed_lines,
    waiting_of,
)
from bot.console.knowledge.contact_view import Held, held_hotline, hotline_cells, new_hotline
from bot.console.knowledge.library import LIBRARY
from bot.console.knowledge.proposing import saved
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked
from bot.console.questions.second_look import Ways, look_twice
from bot.console.render import page
from bot.console.resolvers import in_path, office_in_path
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.console.xlsx import Sheet
from bot.officials.changes import ChangeKind, Wish
from bot.officials.models import EVERYWHERE
from bot.officials.permissions import Action
from knowledge.models import Hotline, OfficeCode, Source
from knowledge.record_edits import GONE, told_again

room: Final = Room("hotlines")


@room.page("/contacts/hotlines/file", Action.KNOWLEDGE_SEE, queries=8, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the hotlines as a spreadsheet."""
    shelf, asked = await shelf_asked(request, actor), read_query(request.query, Asked)
    headings = ("number", "hotline", "purpose", "source", "url")
    sheet = Sheet(
        title=say("contacts.hotlines"),
        headings=[say(f"contacts.{one}") for one in headings],
        rows=tuple(hotline_cells(shelf.snapshot.hotlines)),
    )
    return await give_list(request, actor, sheet, asked, name="hotlines", stem="duong-day-nong")


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
        ahead=await waiting_of(request, ChangeKind.HOTLINE, held),
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
        "aliases": typed_lines(form.aliases),
        "source": Source(name=form.source, url=form.url, seen=form.seen),
        **more,
    }
    had = held.told.aliases if held.told else ()
    ways = Ways(office=held.office, ref=held.ref, wanted=values["aliases"], had=had)
    await look_twice(request, ways, sure=form.sure)
    wish = _hotline_wish(held, form.name, told_again(held.with_(values)), form.reason)
    done = await saved(request, actor, wish, token)
    return back_to_contacts(request, held.office, done)


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
    return back_to_contacts(request, held.office, done)


def _hotline_wish(held: Held, name: str, fields: Mapping[str, Any], reason: str) -> Wish:
    return held.wish(ChangeKind.HOTLINE, f"{held.ref} {name}", fields, reason)
