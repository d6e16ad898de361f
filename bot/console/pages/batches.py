"""The changes of one table handed in, approved together: some, a page of them, or all."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from aiohttp import web

from bot.casework.approving import Ending, approve_several
from bot.casework.deeds import acting
from bot.console.actor import Actor
from bot.console.changes.running import RUNNING
from bot.console.fields import Number, OneOf, Reason, Several
from bot.console.file_work.kept import Kept
from bot.console.forms import BLANK, Faulty, Typed, read_query
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.knowledge.batch_view import Pile, Row, Weight, light_fields, piled
from bot.console.knowledge.library import LIBRARY
from bot.console.lists import Asked, listing, sliced
from bot.console.pages.imports import import_in_path
from bot.console.redirects import go
from bot.console.render import page
from bot.console.renewing import renewed
from bot.console.routing import Room
from bot.console.rules import approver, rules_at
from bot.console.words import say
from bot.officials.changes import ChangeStatus
from bot.officials.permissions import Action
from bot.storage.batch_rows import counts_of, waiting_of
from bot.storage.paging import SIZE

room: Final = Room("batches")
# As many as the last page names of those that want a look.
MOST_NAMED: Final = 50
AGAIN_SECONDS: Final = 2


class Which(StrEnum):
    """Which of the changes that wait are meant."""

    TICKED = "ticked"
    PLAIN = "plain"  # that are light, and that nobody else touched
    EVERY = "every"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedSome:
    """Which of a table's changes are meant."""

    which: Annotated[Which, OneOf(Which)] = Which.TICKED
    change: Annotated[tuple[int, ...], Several(Number(1), SIZE)] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SomeForm(AskedSome):
    """That they are approved, and why; ``count`` is how many it was said to be."""

    reason: Annotated[str, Reason()]
    count: Annotated[int, Number(1)]


@room.page("/imports/{id}/changes", Action.KNOWLEDGE_SEE, of=import_in_path, queries=4)
async def batch(request: web.Request, actor: Actor) -> web.StreamResponse:
    """Show what waits of a table, with boxes to tick, and how far approving it is."""
    house, file = request.app[CONSOLE], found(request, Kept).file
    asked = read_query(request.query, Asked)
    pile = await _pile(request, file.id, file.office)
    async with house.database.reading() as connection:
        counts = await counts_of(connection, file.id)
    part = sliced(pile.rows, asked.page)
    told = await asyncio.to_thread(pile.shown, part.rows)
    run = request.app[RUNNING].of(file.id)
    answer = page(
        request,
        "batches/batch.html",
        file=file,
        counts=[(one, counts[one]) for one in ChangeStatus if one in counts],
        run=run,
        rows=told,
        shown=listing(request, asked, part),
        waiting=len(pile.rows),
        plain=sum(row.weight is Weight.PLAIN for row in pile.rows),
        light_fields=light_fields(),
        may=_may(request, actor, pile),
    )
    if run and not run.ended:
        answer.headers["Refresh"] = str(AGAIN_SECONDS)
    return answer


@room.page("/imports/{id}/approval", Action.KNOWLEDGE_PUBLISH, of=import_in_path, queries=4)
async def sure(request: web.Request, actor: Actor, typed: Typed = BLANK) -> web.StreamResponse:
    """Say how many changes are to be approved, and which of them want a look, before they are."""
    file = found(request, Kept).file
    asked = _asked(request, typed)
    pile = await _pile(request, file.id, file.office)
    chosen = _chosen(pile, asked)
    weighty = [row for row in chosen if row.weight is Weight.WEIGHTY]
    told = await asyncio.to_thread(pile.shown, weighty[:MOST_NAMED])
    return page(
        request,
        "batches/sure.html",
        typed=typed,
        file=file,
        which=asked.which,
        chosen=chosen,
        weighty=len(weighty),
        told=told,
        light_fields=light_fields(),
        clashing=[row for row in chosen if row.weight is Weight.CLASHING],
        may=_may(request, actor, pile),
    )


@room.act(
    "/imports/{id}/approval",
    Action.KNOWLEDGE_PUBLISH,
    of=import_in_path,
    form=SomeForm,
    again=sure,
)
async def approve(request: web.Request, actor: Actor, form: SomeForm) -> web.StreamResponse:
    """Approve them, each as a change of its own."""
    house, file = request.app[CONSOLE], found(request, Kept).file
    pile = await _pile(request, file.id, file.office)
    numbers = [row.change.id for row in _chosen(pile, form)]
    if not numbers:
        raise Faulty({"": say("batches.none_left")})
    if len(numbers) > form.count:
        raise Faulty({"": say("batches.more")})
    four_eyes = rules_at(house, file.office).four_eyes

    async def some(numbers: Sequence[int]) -> Counter[Ending]:
        async with acting(house.database, house.clock, actor.by) as doing:
            return await approve_several(doing, numbers, form.reason, four_eyes=four_eyes)

    begun = await request.app[RUNNING].begin(
        file.id, numbers, some, after=lambda: renewed(request)
    )
    if not begun:
        raise Faulty({"": say("batches.running")})
    return go(request, "batches.batch", id=str(file.id))


async def _pile(request: web.Request, batch: int, office: str) -> Pile:
    shelf = await request.app[LIBRARY].shelf(office)
    async with request.app[CONSOLE].database.reading() as connection:
        waiting = await waiting_of(connection, batch)
    return await asyncio.to_thread(piled, shelf, waiting)


def _asked(request: web.Request, typed: Typed) -> AskedSome:
    if not typed.values:
        return read_query(request.query, AskedSome)
    ticked = (one for one in typed.all("change") if one.isascii() and one.isdigit())
    known = [one for one in Which if one == typed.get("which")]
    return AskedSome(which=next(iter(known), Which.TICKED), change=tuple(map(int, ticked)))


def _chosen(pile: Pile, asked: AskedSome) -> list[Row]:
    match asked.which:
        case Which.EVERY:
            return list(pile.rows)
        case Which.PLAIN:
            return [row for row in pile.rows if row.weight is Weight.PLAIN]
        case Which.TICKED:
            return [row for row in pile.rows if row.change.id in asked.change]


def _may(request: web.Request, actor: Actor, pile: Pile) -> bool:
    by = approver(actor, request.app[CONSOLE])
    return all(by.may_approve(row.change) for row in pile.rows)
