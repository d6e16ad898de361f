"""Lists of who agreed to receive news: handed in, tried, and their good rows taken over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from bot.console.file_work.pages import room_of
from bot.console.file_work.use import Column, Use, Words
from bot.console.forms import read_query
from bot.console.lists import Asked, listing, sliced
from bot.console.readers.lists import LISTS, READER_LISTS, taking
from bot.console.readers.outcome import counts_of, problems
from bot.newsroom.reader_lists import DEEDS, Taken
from bot.officials.permissions import Action
from bot.storage.import_rows import Import, ImportKind, ImportStatus


def _shown(request: web.Request, _: Import, taken: Taken) -> Mapping[str, object]:
    """Show every row that is not kept."""
    asked = read_query(request.query, Asked)
    return {
        "good": taken.new + taken.changed,
        "shown": listing(request, asked, sliced(problems(taken), asked.page)),
    }


USE: Final = Use(
    room="reader_lists",
    at="/readers/lists",
    above=("readers.overview", "readers.title"),
    folder="reader_lists",
    action=Action.SUBSCRIBERS_MANAGE,
    kind=ImportKind.READERS,
    everywhere=True,
    accepted=".csv",
    words=Words(
        title="reader_lists.title",
        intro="reader_lists.intro",
        columns="reader_lists.columns",
        hint="reader_lists.file_hint",
        nothing_yet="reader_lists.nothing_yet",
        take="reader_lists.take",
        take_none="reader_lists.take_none",
        reason="reader_lists.reason",
        reason_hint="reader_lists.reason_hint",
        ended={
            ImportStatus.TAKEN: "reader_lists.ended_taken",
            ImportStatus.DROPPED: "reader_lists.ended_dropped",
        },
    ),
    columns=(
        Column(heading="imports.new", count="new"),
        Column(heading="imports.changed", count="changed"),
        Column(heading="reader_lists.faulty", count="faults"),
    ),
    sort=LISTS,
    files=READER_LISTS,
    deeds=DEEDS,
    takes=taking,
    counts=counts_of,
    shows=_shown,
)
room: Final = room_of(USE)
