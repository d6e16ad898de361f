"""Who receives news: in figures, in a list, as a file."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Final

from aiohttp import web

from bot.console.actor import Actor
from bot.console.choosing import office_names, offices_asked, offices_to_filter
from bot.console.doing import doing
from bot.console.exports import give_file
from bot.console.fields import Code, OneOf
from bot.console.forms import read_query
from bot.console.keys import CONSOLE
from bot.console.knowledge.resolving import today
from bot.console.lists import Asked, listing
from bot.console.readers.counting import channel_choices, figures, month_bars, month_starts
from bot.console.readers.masking import masked
from bot.console.readers.naming import called
from bot.console.render import page
from bot.console.routing import Room
from bot.console.slices import in_slices
from bot.console.words import say
from bot.newsroom.reader_file import write_readers
from bot.newsroom.reader_giving import gave, given_part
from bot.officials.permissions import Action
from bot.storage.ended_talks import ended_talks
from bot.storage.paging import Order, listed
from bot.storage.reader_rows import (
    Wanted,
    choosing,
    come_and_gone,
    counted,
    reader_from,
    readers,
    topics_of,
)
from bot.web.charts import drawn
from broadcasts.models import ReaderKind, SubscriberStatus
from broadcasts.reading import topics

room: Final = Room("readers")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedReaders(Asked):
    """Which readers are listed."""

    channel: Annotated[str, Code()] = ""
    kind: Annotated[ReaderKind | None, OneOf(ReaderKind)] = None
    status: Annotated[SubscriberStatus | None, OneOf(SubscriberStatus)] = None
    topic: Annotated[str, Code()] = ""


@room.page("/readers", Action.SUBSCRIBERS_SEE, queries=5, menu="readers")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show how many receive news, of which sorts, and who joined and left month by month."""
    asked = read_query(request.query, Asked)
    offices = offices_asked(actor, Action.SUBSCRIBERS_SEE, asked.office)
    starts = month_starts(today(request))
    async with request.app[CONSOLE].database.reading() as connection:
        counts = await counted(connection, offices)
        chosen = await choosing(connection, offices)
        came = await come_and_gone(connection, offices, starts)
        ended = await ended_talks(connection, offices)
    return page(
        request,
        "readers/figures.html",
        asked=asked,
        offices=offices_to_filter(request, actor, Action.SUBSCRIBERS_SEE),
        figures=figures(counts, chosen, office_names(request)),
        states=list(SubscriberStatus),
        ended=ended,
        chart=drawn(month_bars(starts, came)),
        may=actor.may_somewhere(Action.SUBSCRIBERS_MANAGE),
    )


@room.page("/readers/list", Action.SUBSCRIBERS_SEE, queries=3)
async def all_of_them(request: web.Request, actor: Actor) -> web.StreamResponse:
    """List readers, their addresses masked."""
    asked = read_query(request.query, AskedReaders)
    wanted = Wanted(
        offices=offices_asked(actor, Action.SUBSCRIBERS_SEE, asked.office),
        channel=asked.channel,
        kind=asked.kind,
        status=asked.status,
        topic=asked.topic,
        text=asked.text,
    )
    query = readers(wanted)
    order = Order(by=query.selected_columns.id, unique=query.selected_columns.id)
    async with request.app[CONSOLE].database.reading() as connection:
        some = (await listed(connection, query, order, after=asked.page)).turned(reader_from)
        chosen = await topics_of(connection, [one.id for one in some.rows])
    return page(
        request,
        "readers/list.html",
        asked=asked,
        offices=offices_to_filter(request, actor, Action.SUBSCRIBERS_SEE),
        names=office_names(request),
        shown=listing(request, asked, some),
        chosen={number: called(codes) for number, codes in chosen.items()},
        masked=masked,
        channels=channel_choices(),
        kinds=[(one.value, say(f"readers.kind_{one}")) for one in ReaderKind],
        states=[(one.value, say(f"readers.state_{one}")) for one in SubscriberStatus],
        topics=[(one.code, one.label) for one in topics()],
        may=actor.may_somewhere(Action.SUBSCRIBERS_MANAGE),
    )


@room.page("/readers/list.csv", Action.SUBSCRIBERS_MANAGE, queries=8, sure=True, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give who receives news now as a list that can be handed in again."""
    asked = read_query(request.query, Asked)
    offices = offices_asked(actor, Action.SUBSCRIBERS_MANAGE, asked.office)
    database = request.app[CONSOLE].database
    rows = in_slices(partial(given_part, database, offices))
    body, count = await asyncio.to_thread(_written, rows)
    name = say("readers.file")
    async with doing(request, actor) as acting:
        gave(acting, count, f"{name}.csv", actor.officer.office)
    return give_file(request, body, name, kind="text/csv", ends="csv")


def _written(rows: Iterator[tuple[str, ...]]) -> tuple[bytes, int]:
    """Write a list and give it with its number of rows; it blocks."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "readers.csv"
        count = write_readers(path, rows)
        return path.read_bytes(), count
