"""Pages made for the tests of the frame: one of each kind of way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from aiohttp import web

from bot.console.actor import Actor
from bot.console.fields import Line, Number, Secret, Sent, Upload
from bot.console.forms import BLANK, Faulty, Typed
from bot.console.found import found
from bot.console.limits import UPLOAD, Limit
from bot.console.redirects import go, own_address, see_other
from bot.console.render import page
from bot.console.resolvers import office_in_path
from bot.console.routing import Gate, Room
from bot.officials.permissions import Action
from knowledge.models import Office

room = Room("specimen")
SMALL = Limit(body=4_096, fields=5, field=500, seconds=0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    text: Annotated[str, Line(3, 200)]
    count: Annotated[int, Number(0, 9)] = 1
    secret: Annotated[str, Secret()] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    file: Annotated[Sent, Upload()]


@room.page("/specimen", Action.KNOWLEDGE_SEE, queries=1, menu="cards")
async def everything(request: web.Request, actor: Actor) -> web.StreamResponse:
    offices: Sequence[str] = sorted(actor.offices(Action.KNOWLEDGE_SEE) or ["*"])
    return page(
        request, "error.html", title=",".join(offices), sentence=request.query.get("q", "")
    )


@room.page("/specimen/{office}", Action.KNOWLEDGE_PREPARE, of=office_in_path, queries=1)
async def one(request: web.Request, _: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    office = found(request, Office)
    told = (office.name, typed.get("text", "at first"), typed.get("secret"))
    return page(
        request,
        "error.html",
        title="|".join(map(str, told)),
        sentence=" ".join(typed.faults.values()),
    )


@room.act(
    "/specimen/{office}",
    Action.KNOWLEDGE_PREPARE,
    of=office_in_path,
    form=Note,
    again=one,
    limit=SMALL,
)
async def write(request: web.Request, _: Actor, form: Note) -> web.StreamResponse:
    if form.text == "again":
        raise Faulty({"text": "viết khác đi"})
    if form.text == "broken":
        raise RuntimeError("what nobody must see")
    return go(request, "specimen.one", done="saved", office=request.match_info["office"])


@room.act("/file", Action.KNOWLEDGE_IMPORT, form=File, limit=SMALL)
async def take(_request: web.Request, _: Actor, form: File) -> web.StreamResponse:
    return web.Response(text=f"{form.file.name}: {len(form.file.body)}")


@room.act("/large-file", Action.KNOWLEDGE_IMPORT, form=File, limit=UPLOAD)
async def take_large(_request: web.Request, _: Actor, form: File) -> web.StreamResponse:
    return web.Response(text=form.file.name)


@room.act("/sure", Gate.OWN, form=Note, sure=True)
async def surely(_request: web.Request, _: Actor, form: Note) -> web.StreamResponse:
    return web.Response(text=form.text)


@room.page("/own", Gate.OWN, queries=1, passive=True)
async def own(_request: web.Request, actor: Actor) -> web.StreamResponse:
    return web.Response(text=actor.officer.name)


@room.page("/second", Gate.SECOND, queries=1)
async def second(_request: web.Request, actor: Actor) -> web.StreamResponse:
    return web.Response(text=actor.session.stage)


@room.page("/enrol", Gate.ENROL, queries=1)
async def enrol(_request: web.Request, actor: Actor) -> web.StreamResponse:
    return web.Response(text=actor.session.stage)


@room.open_page("/door")
async def door(request: web.Request, typed: Typed = BLANK) -> web.StreamResponse:
    return page(request, "error.html", title="door", sentence=" ".join(typed.faults))


@room.open_act("/door", form=Note, again=door)
async def knock(_request: web.Request, form: Note) -> web.StreamResponse:
    return see_other(own_address(form.text))
