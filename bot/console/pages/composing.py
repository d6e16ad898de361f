"""Texts written and edited, and their pictures and files as who composes them sees them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from aiohttp import web

from bot.casework.attaching import FitFile
from bot.casework.deeds import Acting
from bot.console.actor import Actor
from bot.console.choosing import chosen_office, offices_to_choose
from bot.console.doing import doing
from bot.console.fields import Code
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.limits import UPLOAD
from bot.console.lists import Asked
from bot.console.news.forms import (
    Added,
    TextForm,
    Whom,
    attached,
    filled_in,
    gaps_told,
    wished,
)
from bot.console.news.gap_fields import gap_fields
from bot.console.news.here import (
    FileHere,
    TextHere,
    file_in_path,
    realm_of,
    text_in_path,
    ways_to_choose,
)
from bot.console.news.targeting import targets_here
from bot.console.people.roster import names_of
from bot.console.redirects import go
from bot.console.render import page
from bot.console.resolvers import in_path, number_in, office_in_path, out_of_path
from bot.console.routing import NotThere, Room
from bot.console.words import say
from bot.newsroom.filing import stored
from bot.newsroom.refusing import Refused, Unready
from bot.newsroom.writing import create, edit
from bot.officials.models import OfficerId
from bot.officials.permissions import Action
from bot.storage.broadcast_rows import find_broadcast, steps_of
from bot.storage.entry_place_rows import EntryPlace, entry_place
from bot.storage.file_rows import file_content, file_heads
from bot.storage.slot_rows import slot_of
from bot.web.downloads import stored_file
from broadcasts.approval import Refusal
from broadcasts.calendar import Slot
from broadcasts.composing.choosing import kind_told
from broadcasts.composing.kinds import URGENT, NewsKind, kinds
from broadcasts.models import BroadcastStatus, NewsText
from broadcasts.reading import topics
from broadcasts.texts import sent_back

room: Final = Room("composing")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedText(Asked):
    """Of which kind a new text is, and which time of the plan it carries out."""

    kind: Annotated[str, Code(shape=r"[a-z_]{1,24}")] = ""
    slot: Annotated[str, Code(shape=r"[0-9]{1,18}")] = ""


@room.page("/news/new", Action.NEWS_PREPARE, queries=6)
async def new(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Ask for the kind, where the plan's activity does not tell it; show its template to fill."""
    asked = read_query(request.query, AskedText)
    offices = offices_to_choose(request, actor, Action.NEWS_PREPARE)
    slot, place = await _slot(request, actor, asked.slot or str(typed.get("slot", "")))
    named = request.match_info.get("office")
    kind = _kind(asked.kind or str(typed.get("kind", "")), place)
    ours = place.office if place else None
    chosen = named or in_path(ours or out_of_path(chosen_office(request, actor, offices)))
    return page(
        request,
        "news/new.html",
        typed=typed,
        asked=asked,
        chosen=chosen,
        offices=[one for one in offices if out_of_path(one[0])],
        kind=kind,
        gap_fields=gap_fields(
            NewsText(title=kind.title if kind else "", body=kind.body if kind else ""),
            typed,
            values={},
            own=realm_of(request).values(chosen),
        ),
        slot=slot,
        place=place,
        taken=await _taken(request, slot),
        may_urgent=actor.may_somewhere(Action.NEWS_URGENT),
        urgent_kind=URGENT,
        targets=await targets_here(request, out_of_path(chosen)),
        **_choices(request),
    )


@room.act(
    "/news/{office}/new",
    Action.NEWS_PREPARE,
    of=office_in_path,
    form=TextForm,
    again=new,
    limit=UPLOAD,
)
async def write(request: web.Request, actor: Actor, form: TextForm) -> web.StreamResponse:
    """Keep a new draft."""
    office = (await office_in_path(request)).office
    if form.urgent:
        actor.require(Action.NEWS_URGENT, office)
    picture, file = await asyncio.to_thread(attached, form)
    _, place = await _slot(request, actor, form.slot)
    async with doing(request, actor) as acting:
        added = await _stored(acting, office, picture, file)
        wish = wished(form, office, added, entry=place.id if place else None)
        try:
            made = await create(acting, realm_of(request), wish)
        except Unready as wrong:
            raise Faulty({one.field: one.message for one in wrong.findings}) from wrong
        except Refused as refused:
            raise Faulty({"kind": str(refused)}) from refused
    return go(request, "news.text", done="text_kept", text=str(made.id))


@room.page("/news/text/{text}/files/{file}", Action.NEWS_SEE, of=file_in_path, queries=6)
async def file(request: web.Request, _: Actor) -> web.StreamResponse:
    """Give a picture or a file of the text to who may see the text."""
    number = found(request, FileHere).file
    async with request.app[CONSOLE].database.reading() as connection:
        heads = await file_heads(connection, [number])
        content = await file_content(connection, number)
    if content is None or number not in heads:
        raise NotThere
    head = heads[number]
    return stored_file(content, head.name, head.media, cached="no-store")


@room.page("/news/text/{text}/edit", Action.NEWS_PREPARE, of=text_in_path, queries=7)
async def change(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show the text that stands, to be edited."""
    here = found(request, TextHere)
    text = here.version.text
    wanted = [*text.files, *filter(None, [text.picture])]
    async with request.app[CONSOLE].database.reading() as connection:
        heads = await file_heads(connection, wanted) if wanted else {}
        returned = sent_back(await steps_of(connection, here.broadcast.id))
        people = [OfficerId(returned.officer)] if returned and returned.officer else []
        names = await names_of(connection, frozenset(people))
    return page(
        request,
        "news/edit.html",
        typed=typed,
        known=here.broadcast,
        version=here.version,
        lines=filled_in(here.version),
        heads=heads,
        kind=kinds().get(here.broadcast.kind),
        gap_fields=gap_fields(
            text,
            typed,
            values=here.version.variables,
            own=realm_of(request).values(here.broadcast.office),
        ),
        seen=here.broadcast.changed_at.isoformat(),
        returned=returned,
        names=names,
        may_urgent=False,
        targets=await targets_here(request, here.broadcast.office),
        **_choices(request),
    )


@room.act(
    "/news/text/{text}/edit",
    Action.NEWS_PREPARE,
    of=text_in_path,
    form=TextForm,
    again=change,
    limit=UPLOAD,
)
async def keep(request: web.Request, actor: Actor, form: TextForm) -> web.StreamResponse:
    """Keep an edit: of what others have seen another version, a draft."""
    here = found(request, TextHere)
    picture, file = await asyncio.to_thread(attached, form)
    # Who edits what another tied to a time of a plan need not see that plan; who ties it does.
    tied = form.slot and int(form.slot) != here.broadcast.slot
    _, place = await _slot(request, actor, form.slot if tied else "")
    seen = _moment(form.seen)
    async with doing(request, actor) as acting:
        added = await _stored(acting, here.broadcast.office, picture, file)
        wish = wished(
            form,
            here.broadcast.office,
            added,
            before=here.version,
            entry=place.id if place else here.broadcast.entry,
        )
        try:
            await edit(acting, realm_of(request), here.broadcast.id, wish, seen=seen)
        except Unready as wrong:
            raise Faulty({one.field: one.message for one in wrong.findings}) from wrong
        except Refused as refused:
            if refused.why is not Refusal.ELSEWHERE:
                raise Faulty({"kind": str(refused)}) from refused
            raise Faulty({"body": say("news.changed_meanwhile")}) from refused
    return go(request, "news.text", done="text_kept", text=str(here.broadcast.id))


def _kind(named: str, place: EntryPlace | None) -> NewsKind | None:
    """Give the kind that was chosen; before anybody chose, the one the plan's activity tells."""
    if named or place is None:
        return kinds().get(named)
    return kind_told(place.content)


def _choices(request: web.Request) -> dict[str, Any]:
    return {
        "kinds": [(one.code, one.name) for one in kinds().values()],
        "topics": [(one.code, one.label) for one in topics()],
        "whoms": [(str(one), say(f"news.whom_{one}")) for one in Whom],
        "routes": [(str(one), say(f"routes.{one}")) for one in ways_to_choose(request)],
        "gaps": gaps_told(),
    }


async def _slot(
    request: web.Request, actor: Actor, written: str
) -> tuple[Slot | None, EntryPlace | None]:
    """Find the time of the plan that a text is to carry out, if the officer may see it."""
    if not written:
        return None, None
    async with request.app[CONSOLE].database.reading() as connection:
        slot = await slot_of(connection, number_in(written))
        place = await entry_place(connection, slot.entry) if slot else None
    if slot is None or place is None or not actor.may(Action.PLANS_SEE, place.office):
        raise NotThere
    return slot, place


async def _taken(request: web.Request, slot: Slot | None) -> int | None:
    """Give the text that is written for a time of the plan already."""
    if slot is None or slot.broadcast is None:
        return None
    async with request.app[CONSOLE].database.reading() as connection:
        known = await find_broadcast(connection, slot.broadcast)
    return known.id if known and known.status is not BroadcastStatus.DROPPED else None


async def _stored(
    acting: Acting, office: str, picture: FitFile | None, file: FitFile | None
) -> Added:
    return Added(
        picture=await stored(acting, office, picture) if picture else None,
        file=await stored(acting, office, file) if file else None,
    )


def _moment(written: str) -> datetime | None:
    try:
        return datetime.fromisoformat(written) if written else None
    except ValueError:
        return None
