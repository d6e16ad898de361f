"""One time that an entry is to be done: done, dropped, moved; and what shows that it was."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from aiohttp import web

from bot.casework.attaching import FitFile, examined
from bot.casework.unfit import NotAttachable
from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.bare import WhyForm
from bot.console.doing import doing
from bot.console.fields import Address, Day, Line, OneOf, Sent, Upload
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.limits import UPLOAD
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.newsroom import keeping
from bot.newsroom.filing import stored
from bot.newsroom.whereabouts import next_of
from bot.officials.permissions import Action
from bot.storage.broadcast_rows import find_broadcast
from bot.storage.entry_place_rows import EntryPlace, entry_place
from bot.storage.evidence_rows import Evidence, EvidenceKind, evidence_of
from bot.storage.file_rows import file_content, file_heads
from bot.storage.schedule_rows import schedules_of
from bot.storage.slot_change_rows import SlotEnding
from bot.storage.slot_rows import slot_of
from bot.web.downloads import stored_file
from broadcasts.calendar import Slot, SlotStatus, standing
from broadcasts.models import BroadcastStatus

room: Final = Room("slots")
# What an officer adds by hand; the program adds what it sent and read out itself.
BY_HAND: Final = (EvidenceKind.LINK, EvidenceKind.PHOTO, EvidenceKind.DOCUMENT, EvidenceKind.NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotHere:
    """What an address names: a slot, and the entry it is of."""

    slot: Slot
    place: EntryPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneForm:
    """When it was done."""

    done_on: Annotated[date, Day()]
    note: Annotated[str, Line(0, 300)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveForm:
    """The day a person chose, and the last one that is in time."""

    due_on: Annotated[date, Day()]
    last_on: Annotated[date, Day()]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceForm:
    """What shows that it was done: an address, a file, or words alone."""

    title: Annotated[str, Line(3, 300)]
    happened_on: Annotated[date, Day()]
    kind: Annotated[EvidenceKind, OneOf(EvidenceKind)]
    url: Annotated[str, Address()] = ""
    file: Annotated[Sent | None, Upload()] = None


async def slot_in_path(request: web.Request) -> Found:
    """Find the slot of ``{slot}``; it is its plan's office's."""
    async with request.app[CONSOLE].database.reading() as connection:
        slot = await slot_of(connection, number_in(request.match_info["slot"]))
        place = await entry_place(connection, slot.entry) if slot else None
    if slot is None or place is None:
        raise NotThere
    return Found(office=place.office, thing=SlotHere(slot=slot, place=place))


async def evidence_in_path(request: web.Request) -> Found:
    """Find the piece ``{evidence}`` of the slot ``{slot}``."""
    here = await slot_in_path(request)
    wanted = number_in(request.match_info["evidence"])
    slot = here.thing.slot if isinstance(here.thing, SlotHere) else None
    async with request.app[CONSOLE].database.reading() as connection:
        pieces = await evidence_of(connection, [slot.entry]) if slot else ()
    one = next((one for one in pieces if one.id == wanted and slot and one.slot == slot.id), None)
    if one is None:
        raise NotThere
    return Found(office=here.office, thing=one)


@room.page("/slots/{slot}", Action.PLANS_SEE, of=slot_in_path, queries=8)
async def slot(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one time an entry is to be done."""
    here = found(request, SlotHere)
    async with request.app[CONSOLE].database.reading() as connection:
        pieces = await evidence_of(connection, [here.slot.entry])
        mine = [one for one in pieces if one.slot == here.slot.id]
        files = await file_heads(connection, [one.file for one in mine if one.file])
        tied = here.slot.broadcast
        news = await find_broadcast(connection, tied) if tied else None
        booked = next_of(await schedules_of(connection, news.id)) if news else None
    return page(
        request,
        "slots/slot.html",
        typed=typed,
        here_is=here,
        stands_so=standing(here.slot, today(request)),
        pieces=mine,
        files=files,
        news=news,
        booked=booked,
        as_planned=_as_planned(here.slot, booked),
        kinds=[(str(one), say(f"slots.kind_{one}")) for one in BY_HAND],
        today=today(request),
        free=news is None or news.status is BroadcastStatus.DROPPED,
        may=actor.may(Action.PLANS_PREPARE, here.place.office),
        may_write=actor.may(Action.NEWS_PREPARE, here.place.office),
    )


def _as_planned(slot: Slot, booked: datetime | None) -> bool:
    on = booked.astimezone(VIETNAM).date() if booked else slot.due_on
    return slot.status is SlotStatus.OPEN and on == slot.due_on


@room.act("/slots/{slot}/done", Action.PLANS_PREPARE, of=slot_in_path, form=DoneForm, again=slot)
async def done(request: web.Request, actor: Actor, form: DoneForm) -> web.StreamResponse:
    """Say on which day it was done."""
    if form.done_on > today(request):
        raise Faulty({"done_on": say("slots.not_yet")})
    ending = SlotEnding(
        status=SlotStatus.DONE, done_on=form.done_on, done_by=actor.officer.id, note=form.note
    )
    return await _end(request, actor, ending, "slot_done")


@room.act("/slots/{slot}/drop", Action.PLANS_PREPARE, of=slot_in_path, form=WhyForm, again=slot)
async def drop(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Ask for it no more."""
    ending = SlotEnding(status=SlotStatus.DROPPED, note=form.reason)
    return await _end(request, actor, ending, "slot_dropped")


@room.act("/slots/{slot}/open", Action.PLANS_PREPARE, of=slot_in_path, form=WhyForm, again=slot)
async def reopen(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Open it again: it was done by mistake only, or is asked for all the same."""
    now = request.app[CONSOLE].clock.now()
    ending = SlotEnding(status=SlotStatus.OPEN, note=form.reason, reopened_at=now)
    return await _end(request, actor, ending, "slot_open")


@room.act("/slots/{slot}/move", Action.PLANS_PREPARE, of=slot_in_path, form=MoveForm, again=slot)
async def move(request: web.Request, actor: Actor, form: MoveForm) -> web.StreamResponse:
    """Put it on another day."""
    here = found(request, SlotHere)
    if form.last_on < form.due_on:
        raise Faulty({"last_on": say("slots.order")})
    # It is counted in the term of its last day: in another year nobody would miss it in this one.
    year = here.slot.span.start.year
    if form.last_on > max(here.slot.last_on, date(year, 12, 31)):
        raise Faulty({"last_on": say("entries.other_year", year=year)})
    async with doing(request, actor) as acting:
        await keeping.move(acting, here.place, here.slot, due_on=form.due_on, last_on=form.last_on)
    return _back(request, "slot_moved")


@room.act(
    "/slots/{slot}/evidence",
    Action.PLANS_PREPARE,
    of=slot_in_path,
    form=EvidenceForm,
    again=slot,
    limit=UPLOAD,
)
async def add(request: web.Request, actor: Actor, form: EvidenceForm) -> web.StreamResponse:
    """Add what shows that it was done."""
    here = found(request, SlotHere)
    if form.happened_on > today(request):
        raise Faulty({"happened_on": say("slots.not_yet")})
    if form.kind is EvidenceKind.LINK and not form.url:
        raise Faulty({"url": say("slots.no_url")})
    attached = await asyncio.to_thread(_attached, form.file) if form.file else None
    if form.kind in {EvidenceKind.PHOTO, EvidenceKind.DOCUMENT} and attached is None:
        raise Faulty({"file": say("slots.no_file")})
    async with doing(request, actor) as acting:
        file = None
        if attached:
            file = await stored(acting, here.place.office, attached)
        piece = Evidence(
            id=0,
            entry=here.slot.entry,
            slot=here.slot.id,
            kind=form.kind,
            title=form.title,
            url=form.url,
            file=file,
            happened_on=form.happened_on,
            made_at=acting.now,
            made_by=actor.officer.id,
        )
        await keeping.show(acting, here.place, piece)
    return _back(request, "evidence_added")


@room.act(
    "/slots/{slot}/evidence/{evidence}/remove",
    Action.PLANS_PREPARE,
    of=evidence_in_path,
    form=WhyForm,
)
async def remove(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take a piece of evidence away."""
    piece = found(request, Evidence)
    async with doing(request, actor) as acting:
        place = await entry_place(acting.connection, piece.entry)
        if place is None:
            raise NotThere
        await keeping.take_away(acting, place, piece, form.reason)
    return _back(request, "evidence_removed")


@room.page(
    "/slots/{slot}/evidence/{evidence}/content", Action.PLANS_SEE, of=evidence_in_path, queries=8
)
async def file(request: web.Request, _: Actor) -> web.StreamResponse:
    """Give the file of a piece of evidence, to be kept."""
    piece = found(request, Evidence)
    async with request.app[CONSOLE].database.reading() as connection:
        heads = await file_heads(connection, [piece.file] if piece.file else [])
        content = await file_content(connection, piece.file) if piece.file else None
    if content is None or piece.file is None:
        raise NotThere
    head = heads[piece.file]
    return stored_file(content, head.name, head.media, cached="no-store")


def _attached(sent: Sent) -> FitFile:
    try:
        return examined(sent.name, sent.body)
    except NotAttachable as refused:
        raise Faulty({"file": str(refused)}) from refused


async def _end(
    request: web.Request, actor: Actor, ending: SlotEnding, told: str
) -> web.StreamResponse:
    here = found(request, SlotHere)
    async with doing(request, actor) as acting:
        ended = await keeping.end(acting, here.place, here.slot, ending)
    if not ended:
        return go(request, "slots.slot", failed="slot_changed", slot=str(here.slot.id))
    return _back(request, told)


def _back(request: web.Request, told: str) -> web.StreamResponse:
    return go(request, "slots.slot", done=told, slot=request.match_info["slot"])
