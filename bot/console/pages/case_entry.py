"""Filing a case for somebody at the desk or on the telephone, and the slip they take along."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.feedback.addresses import case_in_path
from bot.console.feedback.entry import EntryForm, checked, proposed, withheld_kind
from bot.console.feedback.naming import kind_choices, topic_choices
from bot.console.feedback.times import CLOCKWORK
from bot.console.forms import BLANK, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import ALL, one_office_in_path
from bot.console.routing import Room
from bot.console.words import say
from bot.conversation.lawful import lawful_way
from bot.feedback.kinds import Kind
from bot.feedback.models import Case, Source
from bot.feedback.purposes import Purpose, consent_text
from bot.feedback.reference import shown
from bot.handling.entering import enter
from bot.handling.filing import Filing
from bot.handling.sealing import Seals
from bot.officials.permissions import Action
from bot.storage.once_rows import taken_first
from knowledge.models import Office

room: Final = Room("case_entry", watched=True)


@room.page("/cases/new", Action.CASES_ENTER, queries=1)
async def choose(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Lead to the form of an office, or let one be chosen."""
    offices = offices_to_choose(request, actor, Action.CASES_ENTER, everywhere=False)
    if not request.query.get("office") and len(offices) > 1:
        chosen = chosen_office(request, actor, offices)
        return page(request, "cases/choose.html", offices=offices, chosen=chosen)
    return go(request, "case_entry.new", office=chosen_office(request, actor, offices) or ALL)


@room.page("/cases/new/{office}", Action.CASES_ENTER, of=one_office_in_path, queries=1)
async def new(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the form for what somebody tells."""
    office, withheld = found(request, Office), withheld_kind(typed)
    return page(
        request,
        "cases/new.html",
        typed=proposed(typed),
        way=_way(request, office, withheld) if withheld else "",
        office_name=office.name,
        code=str(office.code),
        kinds=kind_choices(),
        topics=topic_choices(),
        sources=[(str(one), say(f"case_sources.{one}")) for one in (Source.DESK, Source.PHONE)],
        consent=consent_text(Purpose.CONTACT, office.name).text,
        notice=consent_text(Purpose.HANDLE_CASE, office.name).text,
    )


def _way(request: web.Request, office: Office, kind: Kind) -> str:
    """Give the lawful way of a complaint or a denunciation, for the officer to tell."""
    desk = request.app[CONSOLE].conversation.speaking_as(str(office.code))
    return lawful_way(desk, kind, today(request), desk.site)[0].text


@room.act(
    "/cases/new/{office}",
    Action.CASES_ENTER,
    of=one_office_in_path,
    form=EntryForm,
    again=new,
)
async def add(request: web.Request, actor: Actor, form: EntryForm) -> web.StreamResponse:
    """File the case; the same form sent twice files it once."""
    house, office = request.app[CONSOLE], found(request, Office)
    checked(form, sealing=house.vaults.data is not None)
    filing = Filing(Seals(house.vaults.data), request.app[CLOCKWORK])
    async with doing(request, actor) as acting:
        if not await taken_first(acting.connection, form.once, at=acting.now):
            return go(request, "cases.inbox", failed="case_entered_before")
        told = form.told(str(office.code), actor.officer.id, acting.now)
        made = await enter(acting, filing, told, say("case_entry.no_way") if form.no_way else "")
    return go(request, "case_entry.slip", done="case_entered", case=str(made.id))


@room.page("/cases/{case}/slip", Action.CASES_ENTER, of=case_in_path, queries=3)
async def slip(request: web.Request, _: Actor) -> web.StreamResponse:
    """Show what somebody takes along: the reference, the day, how to ask; to be printed."""
    house, known = request.app[CONSOLE], found(request, Case)
    desk = house.conversation.speaking_as(known.office)
    told = request.app[CLOCKWORK].is_told(known.office, known.due_rule)
    return page(
        request,
        "cases/slip.html",
        case=known,
        reference=shown(known.reference),
        office_name=desk.office.name if desk.office else "",
        phone=desk.office.phone if desk.office else "",
        due=known.due_at if told else None,
        site=house.settings.public_url,
    )
