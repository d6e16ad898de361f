"""Exports of a hotline such as 1022: handed in, tried, and their good rows filed as cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from aiohttp import web

from bot.console.feedback.fates import in_words, told_fates
from bot.console.feedback.importing import CASE_FILES, EXPORTS, counts_of, importing, why_closed
from bot.console.fields import OneOf
from bot.console.file_work.pages import room_of
from bot.console.file_work.use import Column, Use, Words
from bot.console.forms import read_query
from bot.console.lists import Asked, listing, sliced
from bot.console.redirects import address
from bot.console.words import say
from bot.feedback.hotline.fates import Imported
from bot.feedback.hotline.judging import Fate
from bot.handling.importing import DEEDS
from bot.officials.permissions import Action
from bot.storage.import_rows import Import, ImportKind, ImportStatus
from knowledge.tabular.sheet_rows import SUFFIX

ROOM: Final = "case_imports"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFates(Asked):
    """Rows of which fate are shown."""

    fate: Annotated[Fate | None, OneOf(Fate)] = None


def _shown(request: web.Request, file: Import, done: Imported) -> Mapping[str, object]:
    """Show what becomes of every row, or of those of one fate."""
    asked = read_query(request.query, AskedFates)
    shown = sliced(told_fates(done, asked.fate), asked.page).turned(in_words)
    return {
        "tabs": _tabs(request, file, done),
        "tab": str(asked.fate or ""),
        "good": done.of(Fate.NEW),
        "shown": listing(request, asked, shown),
    }


def _tabs(request: web.Request, file: Import, done: Imported) -> dict[str, tuple[str, str]]:
    """Give the address and name of each list of rows that is not empty."""
    counts = {fate: done.of(fate) for fate in Fate}
    told = {"": (len(done.fates), say("case_fates.all"))} | {
        str(fate): (count, say(f"case_fates.{fate}")) for fate, count in counts.items() if count
    }

    def at(fate: str) -> str:
        asked = {"fate": fate} if fate else {}
        return address(request, f"{ROOM}.outcome", asked, id=str(file.id))

    return {
        fate: (at(fate), say("case_fates.tab", name=name, count=count))
        for fate, (count, name) in told.items()
    }


USE: Final = Use(
    room=ROOM,
    menu=ROOM,
    at="/cases/import",
    above=("cases.inbox", "cases.title"),
    folder="case_imports",
    action=Action.CASES_IMPORT,
    kind=ImportKind.CASES,
    everywhere=False,
    accepted=SUFFIX,
    words=Words(
        title="case_imports.title",
        intro="case_imports.intro",
        columns="case_imports.columns",
        hint="case_imports.file_hint",
        nothing_yet="case_imports.nothing_yet",
        take="case_imports.take",
        take_none="imports.take_none",
        reason="case_imports.reason",
        reason_hint="case_imports.reason_hint",
        ended={
            ImportStatus.TAKEN: "imports.ended_taken",
            ImportStatus.DROPPED: "imports.ended_dropped",
        },
    ),
    columns=(
        Column(heading="imports.new", count="new"),
        Column(heading="case_fates.known", count="unchanged"),
        Column(heading="case_fates.faulty", count="faults"),
    ),
    sort=EXPORTS,
    files=CASE_FILES,
    deeds=DEEDS,
    takes=importing,
    counts=counts_of,
    shows=_shown,
    closed=why_closed,
)
room: Final = room_of(USE)
