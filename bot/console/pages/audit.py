"""The audit: who did what, when, from where, with what before and after."""

from __future__ import annotations

from typing import Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.console.actor import Actor
from bot.console.audit.difference import fields_of
from bot.console.audit.listing import AskedEntries, entries
from bot.console.audit.showing import (
    Told,
    deed_choices,
    field_label,
    kind_choices,
    naming,
    told,
    value_shown,
)
from bot.console.exports import give_list
from bot.console.forms import read_query
from bot.console.found import found
from bot.console.keys import CONSOLE, VISIT
from bot.console.lists import listing
from bot.console.people.tree import choices
from bot.console.render import page
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.console.words import say
from bot.console.xlsx import MOST_ROWS, Called, Sheet, Value
from bot.feedback.models import CaseId
from bot.officials.audit import Anchor, AuditEntry, check, told_of
from bot.officials.permissions import Action
from bot.storage import audit_rows
from bot.storage.conflict_rows import KIND, is_of

room: Final = Room("audit")
HEADS: Final = ("number", "when", "who", "where", "what", "kind", "subject", "office")


async def entry_in_path(request: web.Request) -> Found:
    """Find the entry of ``{seq}``; it belongs to the office it tells of.

    What was done upon a case that complains of who looks is not there for them.
    """
    seq, actor = number_in(request.match_info["seq"]), request[VISIT].actor
    async with request.app[CONSOLE].database.reading() as connection:
        entry = await audit_rows.entry(connection, seq)
        if entry is None or (actor and await _is_against(connection, actor, entry)):
            raise NotThere
    return Found(office=entry.office, thing=entry)


async def _is_against(connection: AsyncConnection, actor: Actor, entry: AuditEntry) -> bool:
    """Tell whether an entry is about a case that complains of an officer."""
    about_a_case = entry.kind == KIND and entry.subject.isdecimal()
    return about_a_case and await is_of(connection, actor.officer.id, CaseId(int(entry.subject)))


@room.page("/audit", Action.AUDIT_SEE, queries=6, menu="audit")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show the latest entries, or those asked for."""
    asked = read_query(request.query, AskedEntries)
    shown, anchor = await entries(request, actor, asked)
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    return page(
        request,
        "audit/list.html",
        asked=asked,
        listing=listing(request, asked, shown),
        anchor=anchor,
        offices=choices(offices, actor.offices(Action.AUDIT_SEE)),
        deeds=deed_choices(),
        kinds=kind_choices(),
    )


@room.page("/audit/{seq}", Action.AUDIT_SEE, of=entry_in_path, queries=5)
async def entry(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show one entry: what stood there before and after, and how it is chained."""
    shown = found(request, AuditEntry)
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        known = await naming(connection, [shown], house.conversation.desk.knowledge)
    deed = told_of(shown)
    before = Anchor(seq=shown.seq - 1, hash=shown.prev)
    return page(
        request,
        "audit/entry.html",
        entry=shown,
        told=told(request, actor, shown, known),
        note=deed.note,
        fields=[
            (
                field_label(deed.kind, one.name),
                *(value_shown(one.name, text, known) for text in (one.before, one.after)),
            )
            for one in fields_of(deed)
        ],
        whole=isinstance(check([shown], before), Anchor),
    )


@room.page("/files/audit.xlsx", Action.AUDIT_SEE, queries=11, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the entries asked for as a spreadsheet."""
    asked = read_query(request.query, AskedEntries)
    shown, anchor = await entries(request, actor, asked, size=MOST_ROWS + 1)
    sheet = Sheet(
        title=say("audit.title"),
        headings=[say(f"audit.{head}") for head in HEADS],
        rows=[_cells(one) for one in shown.rows],
        conditions=[(say("audit.anchor"), str(anchor))],
    )
    return await give_list(request, actor, sheet, asked, name="audit", stem=say("audit.file"))


def _cells(one: Told) -> tuple[Value, ...]:
    return (
        Called(one.seq),
        one.at,
        one.who,
        one.where,
        one.what,
        one.kind,
        one.subject,
        one.office,
    )
