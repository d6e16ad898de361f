"""Giving lists and reports away as files; each is remembered in the audit."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from aiohttp import hdrs, web

from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.audit.objects import Known
from bot.console.audit.showing import value_shown
from bot.console.doing import doing
from bot.console.formats import moment
from bot.console.keys import CONSOLE
from bot.console.lists import Asked
from bot.console.words import say, wording
from bot.console.xlsx import Sheet, written
from bot.officials.audit import Deed
from bot.web.downloads import stored_file
from broadcasts.documents import AdministrativeDocument
from broadcasts.documents.writing import as_docx

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def give_sheet(request: web.Request, sheet: Sheet, stem: str) -> web.Response:
    """Give ``sheet`` as a file to be kept; ``stem`` names it, a word of ours and never typed.

    That it was taken is a deed, which the caller remembers. The way to it is a heavy one.
    """
    return give_file(request, await asyncio.to_thread(written, sheet), stem)


def give_file(
    request: web.Request, body: bytes, stem: str, *, kind: str = CONTENT_TYPE, ends: str = "xlsx"
) -> web.Response:
    """Give ``body``, a spreadsheet, as a file of the day; ``stem`` is a word of ours."""
    day = request.app[CONSOLE].clock.now().astimezone(VIETNAM).date()
    headers = {
        hdrs.CONTENT_DISPOSITION: f'attachment; filename="{stem}-{day.isoformat()}.{ends}"',
        hdrs.CACHE_CONTROL: "no-store",
    }
    return web.Response(body=body, content_type=kind, headers=headers)


async def give_list(
    request: web.Request, actor: Actor, sheet: Sheet, asked: Asked, *, name: str, stem: str
) -> web.Response:
    """Give the list ``name`` as ``asked`` narrows it; that it was taken is remembered first."""
    rows = tuple(sheet.rows)
    await _remember(request, actor, asked, name, len(rows))
    house = request.app[CONSOLE]
    now, known = house.clock.now(), Known(knowledge=house.conversation.desk.knowledge)
    conditions = [
        *((_called(key), value_shown(key, value, known)) for key, value in asked.query().items()),
        (say("look.taken_by"), actor.officer.name),
        (say("look.taken_at"), moment(now)),
    ]
    whole = replace(sheet, rows=rows, conditions=(*sheet.conditions, *conditions))
    return await give_sheet(request, whole, stem)


def _called(key: str) -> str:
    known = f"lists.{key}" in wording().sentences
    return say(f"lists.{key}") if known else say(f"fields.{key}")


async def give_document(
    request: web.Request,
    actor: Actor,
    document: AdministrativeDocument,
    asked: Asked,
    *,
    name: str,
    file: str,
) -> web.StreamResponse:
    """Give the report ``name`` as a Word file; that it was taken is remembered first."""
    await _remember(request, actor, asked, name, 0)
    body = await asyncio.to_thread(as_docx, document)
    return stored_file(body, file, WORD, cached="no-store")


async def _remember(
    request: web.Request, actor: Actor, asked: Asked, name: str, rows: int
) -> None:
    deed = Deed(
        action="exported",
        office=actor.officer.office,
        kind="list",
        subject=name,
        after={**asked.query(), "rows": rows},
    )
    async with doing(request, actor) as acting:
        acting.did(deed)
