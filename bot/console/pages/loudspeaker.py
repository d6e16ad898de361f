"""When the loudspeakers read: the list, and one reading with the words to be read out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Final

from aiohttp import web

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.choosing import offices_to_filter
from bot.console.fields import OneOf
from bot.console.forms import BLANK, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.lists import Asked, listing
from bot.console.news.airing import shown_reading
from bot.console.news.here import realm_of
from bot.console.pages.news import WORD
from bot.console.people.roster import names_of
from bot.console.render import page
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.newsroom.speaking import sheet
from bot.officials.models import OfficerId
from bot.officials.permissions import Action
from bot.storage.broadcast_rows import find_broadcast, find_version
from bot.storage.daily_rows import midnight
from bot.storage.paging import Query, listed
from bot.storage.reading_rows import (
    ORDER,
    all_readings,
    count_unread,
    due_between,
    reading_from,
    reading_of,
    unread_before,
)
from bot.web.downloads import stored_file
from broadcasts.documents.loudspeaker import loudspeaker_docx
from broadcasts.readings import Reading
from broadcasts.speaking.page import ScriptPage, as_text

room: Final = Room("loudspeaker")
DAY: Final = timedelta(days=1)


class View(StrEnum):
    """Which readings are shown."""

    TODAY = "today"
    WEEK = "week"
    UNTICKED = "unticked"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReadings(Asked):
    """Which readings, of which office."""

    view: Annotated[View, OneOf(View)] = View.TODAY


async def reading_in_path(request: web.Request) -> Found:
    """Find the reading of ``{reading}``."""
    number = number_in(request.match_info["reading"])
    async with request.app[CONSOLE].database.reading() as connection:
        reading = await reading_of(connection, number)
    if reading is None:
        raise NotThere
    return Found(office=reading.office, thing=reading)


@room.page("/loudspeaker", Action.NEWS_SEE, queries=3, menu="loudspeaker")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what is to be read today or this week, or what was due and is not ticked."""
    asked = read_query(request.query, AskedReadings)
    now, offices = request.app[CONSOLE].clock.now(), _offices(actor, asked)
    async with request.app[CONSOLE].database.reading() as connection:
        rows = await listed(connection, _asked_for(asked, offices, now), ORDER, after=asked.page)
        unticked = await count_unread(connection, offices, now)
    return page(
        request,
        "loudspeaker/list.html",
        asked=asked,
        shown=listing(
            request, asked, rows.turned(lambda row: shown_reading(reading_from(row), now))
        ),
        unticked=unticked,
        offices=offices_to_filter(request, actor, Action.NEWS_SEE),
        views={view: {**asked.query(), "view": view.value} for view in View},
        may=actor.may_somewhere(Action.NEWS_PREPARE),
    )


def _offices(actor: Actor, asked: AskedReadings) -> frozenset[str] | None:
    allowed = actor.offices(Action.NEWS_SEE)
    if not asked.office:
        return allowed
    branch = actor.tree.branch(asked.office)
    return branch if allowed is None else branch & allowed


def _asked_for(asked: AskedReadings, offices: frozenset[str] | None, now: datetime) -> Query:
    if asked.view is View.UNTICKED:
        return all_readings().where(*unread_before(offices, now))
    this = now.astimezone(VIETNAM).date()
    first = this - timedelta(days=this.weekday()) if asked.view is View.WEEK else this
    days = 7 * DAY if asked.view is View.WEEK else DAY
    return all_readings().where(*due_between(offices, midnight(first), midnight(first + days)))


@room.page("/loudspeaker/{reading}", Action.NEWS_SEE, of=reading_in_path, queries=5)
async def reading(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one reading with the words to be read out."""
    here = found(request, Reading)
    people = [OfficerId(here.read_by)] if here.read_by else []
    async with request.app[CONSOLE].database.reading() as connection:
        names = await names_of(connection, people)
    return page(
        request,
        "loudspeaker/reading.html",
        typed=typed,
        here_is=shown_reading(here, request.app[CONSOLE].clock.now()),
        sheet=await _sheet(request),
        who=names.get(people[0], "") if people else "",
        may=actor.may(Action.NEWS_PREPARE, here.office),
        may_run=actor.may(Action.NEWS_RUN, here.office),
    )


@room.page("/loudspeaker/{reading}/script.docx", Action.NEWS_SEE, of=reading_in_path, queries=4)
async def script_file(request: web.Request, _: Actor) -> web.StreamResponse:
    """Give the announcer's sheet of a reading, with its station and hour, as a document."""
    body = await asyncio.to_thread(loudspeaker_docx, await _sheet(request))
    return stored_file(body, "kich-ban-loa.docx", WORD, cached="no-store")


@room.page("/loudspeaker/{reading}/script.txt", Action.NEWS_SEE, of=reading_in_path, queries=4)
async def script_text(request: web.Request, _: Actor) -> web.StreamResponse:
    """Give the same as plain text."""
    body = as_text(await _sheet(request)).encode()
    return stored_file(body, "kich-ban-loa.txt", "text/plain", cached="no-store")


async def _sheet(request: web.Request) -> ScriptPage:
    here = found(request, Reading)
    async with request.app[CONSOLE].database.reading() as connection:
        broadcast = await find_broadcast(connection, here.broadcast)
        version = await find_version(connection, broadcast.id, here.version) if broadcast else None
    if broadcast is None or version is None:
        raise NotThere
    return await asyncio.to_thread(sheet, realm_of(request), broadcast, version, here)
