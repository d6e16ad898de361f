"""What was changed in what citizens are told: waiting, in force, taken back; and the decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final

from aiohttp import web

from bot.casework.changing import decide, undo
from bot.clock import VIETNAM
from bot.console.actor import Actor
from bot.console.bare import WhyForm
from bot.console.changes.approving import buttons
from bot.console.changes.difference import differences
from bot.console.changes.meeting import beside
from bot.console.changes.reading import (
    AskedChanges,
    Shown,
    Told,
    find,
    history,
    list_changes,
    overdue,
)
from bot.console.doing import doing
from bot.console.exports import give_list
from bot.console.fields import Code, Words
from bot.console.formats import day
from bot.console.forms import BLANK, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.beneath import beneath
from bot.console.knowledge.library import LIBRARY
from bot.console.lists import listing
from bot.console.people.tree import choices
from bot.console.redirects import go
from bot.console.render import page
from bot.console.renewing import renewed
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere, Room
from bot.console.rules import approver, rules_at, strict_offices
from bot.console.words import say
from bot.console.xlsx import MOST_ROWS, Sheet, Value
from bot.officials.changes import Change, ChangeKind, ChangeStatus, Clash, Refusal, Verdict
from bot.officials.field_marks import mark_of
from bot.officials.permissions import Action
from bot.officials.publishing_rights import seeing_action
from bot.storage.batch_rows import waiting_batches

room: Final = Room("changes")
DONE: Final = {
    ChangeStatus.PUBLISHED: "published",
    ChangeStatus.SCHEDULED: "change_scheduled",
    ChangeStatus.RETURNED: "returned",
    ChangeStatus.WITHDRAWN: "withdrawn",
}
REFUSED: Final = {
    Refusal.DECIDED: "change_decided",
    Refusal.OWN: "change_own",
    Refusal.OVER: "change_over",
    Refusal.EDITED: "change_edited",
    Refusal.AHEAD: "change_ahead",
    Refusal.OVERLAPS: "change_overlaps",
    Refusal.UNCHANGED: "change_in_force",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What somebody adds to an approval, if anything; ``seen`` is the mark of what was shown."""

    seen: Annotated[str, Code()]
    reason: Annotated[str, Words(0, 500)] = ""


async def change_in_path(request: web.Request) -> Found:
    """Find the change of ``{id}``."""
    number = number_in(request.match_info["id"])
    async with request.app[CONSOLE].database.reading() as connection:
        told = await find(connection, number)
    if told is None:
        raise NotThere
    return Found(office=told.change.office, thing=told)


@room.page("/changes", Action.KNOWLEDGE_SEE, queries=4, menu="changes")
async def overview(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what is asked for; at first what waits."""
    house = request.app[CONSOLE]
    asked, by = read_query(request.query, AskedChanges), approver(actor, house)
    async with house.database.reading() as connection:
        told = await list_changes(connection, actor, by, asked)
        batches = await waiting_batches(connection, by)
        late = await overdue(connection, actor, _today(house.clock.now()))
    return page(
        request,
        "changes/list.html",
        asked=asked,
        shown=listing(request, asked, told),
        late=late,
        batches=batches,
        statuses=[(str(one), say(f"changes.show_{one}")) for one in Shown],
        kinds=[(str(one), say(f"changes.kind_{one}")) for one in ChangeKind],
        offices=_offices(request, actor),
        names=_names(request),
    )


@room.page("/files/changes.xlsx", Action.KNOWLEDGE_SEE, queries=8, heavy=True)
async def export(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Give the changes asked for as a spreadsheet."""
    asked, house = read_query(request.query, AskedChanges), request.app[CONSOLE]
    by = approver(actor, house)
    async with house.database.reading() as connection:
        told = await list_changes(connection, actor, by, asked, size=MOST_ROWS + 1)
    sheet = Sheet(
        title=say("changes.title"),
        headings=[say(f"changes.{key}") for key in HEADINGS],
        rows=_cells(told.rows, _names(request)),
    )
    return await give_list(
        request, actor, sheet, asked, name="changes", stem=say("changes.file_name")
    )


@room.page("/changes/{id}", Action.KNOWLEDGE_SEE, of=change_in_path, queries=5)
async def change(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Show one change, what differs, and what was changed of the same thing before and since."""
    house = request.app[CONSOLE]
    told = found(request, Told)
    one = told.change
    actor.require(seeing_action(one.kind, one.ref), one.office)
    shelf = await request.app[LIBRARY].shelf(one.office)
    async with house.database.reading() as connection:
        others = await history(connection, one.kind, one.office, one.ref)
        stands = await beside(connection, one)
    office_name = _names(request).get(one.office, say("frame.all_offices"))
    return page(
        request,
        "changes/change.html",
        told=told,
        change=one,
        seen=mark_of(one.after),
        differences=differences(one.kind, one.before, one.after, beneath(shelf, one), stands.now),
        beside=stands,
        office_name=office_name,
        others=[other for other in others.rows if other.change.id != one.id],
        may=buttons(
            approver(actor, house), one, stands.ahead, stale=bool(stands.fields or stands.meets)
        ),
        strict=one.office in strict_offices(house),
        typed=typed,
    )


@room.act(
    "/changes/{id}/approve", Action.KNOWLEDGE_SEE, of=change_in_path, form=Remark, again=change
)
async def approve(request: web.Request, actor: Actor, form: Remark) -> web.StreamResponse:
    """Put a change in force."""
    one = found(request, Told).change
    actor.require(one.needs, one.office)
    if form.seen != mark_of(one.after):
        return _lead_on(request, one, Refusal.DECIDED)
    four_eyes = rules_at(request.app[CONSOLE], one.office).four_eyes
    async with doing(request, actor) as acting:
        done = await decide(acting, one.id, Verdict.PUBLISH, form.reason, four_eyes=four_eyes)
    await renewed(request)
    return _lead_on(request, one, done)


@room.act(
    "/changes/{id}/return", Action.KNOWLEDGE_SEE, of=change_in_path, form=WhyForm, again=change
)
async def send_back(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Give a change back to its author, with what is to be mended."""
    one = found(request, Told).change
    actor.require(one.needs, one.office)
    async with doing(request, actor) as acting:
        done = await decide(acting, one.id, Verdict.RETURN, form.reason)
    return _lead_on(request, one, done)


@room.act(
    "/changes/{id}/withdraw", Action.KNOWLEDGE_SEE, of=change_in_path, form=WhyForm, again=change
)
async def withdraw(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Take back what is not in force yet: one's own, or what one could publish."""
    one = found(request, Told).change
    if one.author != actor.officer.id:
        actor.require(one.needs, one.office)
    async with doing(request, actor) as acting:
        done = await decide(acting, one.id, Verdict.WITHDRAW, form.reason)
    return _lead_on(request, one, done)


@room.act(
    "/changes/{id}/undo", Action.KNOWLEDGE_SEE, of=change_in_path, form=WhyForm, again=change
)
async def take_back(request: web.Request, actor: Actor, form: WhyForm) -> web.StreamResponse:
    """Let citizens be told as before a change."""
    one = found(request, Told).change
    actor.require(one.needs, one.office)
    four_eyes = not approver(actor, request.app[CONSOLE]).may_undo_alone(one)
    async with doing(request, actor) as acting:
        done = await undo(acting, one.id, form.reason, four_eyes=four_eyes)
    await renewed(request)
    if isinstance(done, Change):
        waits = done.status is ChangeStatus.WAITING
        said = "undoing_waits" if waits else "undone"
        return go(request, "changes.change", done=said, id=str(done.id))
    return _lead_on(request, one, done)


def _lead_on(
    request: web.Request, one: Change, done: Change | Clash | Refusal
) -> web.StreamResponse:
    number = str(one.id)
    if isinstance(done, Change):
        gaps = {"day": day(done.valid_from)} if done.valid_from else {}
        return go(request, "changes.change", done=DONE[done.status], gaps=gaps, id=number)
    why = REFUSED[done] if isinstance(done, Refusal) else "change_stale"
    return go(request, "changes.change", failed=why, id=number)


HEADINGS: Final = (
    "what", "ref", "kind", "office", "fields", "status_head", "author", "made", "reason",
    "decided", "decided_at", "decision", "valid_from", "valid_until",
)  # fmt: skip


def _cells(rows: Iterable[Told], names: dict[str, str]) -> Iterator[list[Value]]:
    for told in rows:
        one = told.change
        yield [
            one.title, one.ref, told.kind, names.get(one.office, ""), told.fields, told.status,
            told.author, one.made_at, one.reason, told.decider, one.decided_at, told.decision,
            one.valid_from, one.valid_until,
        ]  # fmt: skip


def _names(request: web.Request) -> dict[str, str]:
    offices = request.app[CONSOLE].conversation.desk.knowledge.offices
    return {code: office.name for code, office in offices.items()}


def _offices(request: web.Request, actor: Actor) -> list[tuple[str, str]]:
    offices = request.app[CONSOLE].conversation.desk.knowledge.snapshot.offices
    return choices(offices, actor.offices(Action.KNOWLEDGE_SEE))


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()
