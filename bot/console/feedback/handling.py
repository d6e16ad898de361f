"""Doing something with a case: the transaction, the officer's reach, and who is told of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.deeds import Acting
from bot.casework.taking import announce
from bot.channels.kept import KEPT
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.feedback.times import CLOCKWORK
from bot.console.forms import Faulty
from bot.console.found import found
from bot.console.keys import CONSOLE
from bot.console.redirects import go
from bot.console.zalo.setting import may_pay
from bot.feedback.errors import NotAllowed, Overtaken
from bot.feedback.models import Case, CaseId
from bot.handling.access import Official, Sight, may_see, official
from bot.handling.bureau import Bureau
from bot.handling.doing import held_together
from bot.handling.noticing import Announcer
from bot.handling.refusing import Refused, Why, in_words
from bot.handling.sealing import Seals
from bot.officials.permissions import Action

# What stands against an act as a whole belongs to none of the form's fields.
WHOLE: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """A case that nobody else changes until the transaction ends."""

    acting: Acting
    bureau: Bureau
    case: Case


@asynccontextmanager
async def handling(
    request: web.Request, actor: Actor, action: Action, *, beside: int | None = None
) -> AsyncIterator[Handling]:
    """Open a transaction in which ``actor`` does something with the case of the address.

    What is done to two cases holds the one ``beside``, too.
    After it whoever is to hear of the step is told; what fails of that, a tick makes good.

    Raises:
        Faulty: the case, or the rules of the office, stand against it.
    """
    number = found(request, Case).id
    try:
        async with doing(request, actor) as acting:
            case = await held_together(acting, number, beside)
            await _require(acting.connection, actor, case, action)
            yield Handling(acting=acting, bureau=bureau_of(request), case=case)
    except (Refused, NotAllowed, Overtaken) as fault:
        raise Faulty({WHOLE: in_words(fault)}) from fault
    await _tell(request, number)


@asynccontextmanager
async def handling_with_main(
    request: web.Request, actor: Actor, action: Action
) -> AsyncIterator[Handling]:
    """Do as ``handling`` with a case that may be joined with a main one, which is held, too.

    Raises:
        Faulty: as there, or it was joined with another one, or parted from it, meanwhile.
    """
    main = found(request, Case).main
    async with handling(request, actor, action, beside=main) as it:
        if it.case.main != main:
            raise Overtaken(f"case {it.case.id} is not joined with {main} any more")
        yield it


def back(request: web.Request, done: str) -> web.StreamResponse:
    """Lead back to the case, with what was done."""
    return go(request, "case.case", done=done, case=str(found(request, Case).id))


def bureau_of(request: web.Request) -> Bureau:
    """Give the rules of all offices as they are just now."""
    house = request.app[CONSOLE]
    return Bureau(
        clockwork=request.app[CLOCKWORK],
        seals=Seals(house.vaults.data),
        desks=house.conversation,
        offices=house.conversation.desk.knowledge.snapshot.offices,
    )


async def reach_of(connection: AsyncConnection, actor: Actor) -> Official:
    """Give an officer as cases see them."""
    return await official(connection, actor.officer.id, actor.grants, actor.tree)


async def _require(connection: AsyncConnection, actor: Actor, case: Case, action: Action) -> None:
    """Go on only when the case, wherever it went meanwhile, is the officer's to act upon."""
    reach = await reach_of(connection, actor)
    if await may_see(connection, case, reach) is Sight.NOTHING:
        raise Refused(Why.NOWHERE)
    if not reach.may_act(case, action):
        raise Refused(Why.NOT_THEIRS)


async def _tell(request: web.Request, case: CaseId) -> None:
    house = request.app[CONSOLE]
    announcer = Announcer(desks=house.conversation, kept=KEPT, pays=may_pay(house.settings))
    async with house.database.writing() as connection:
        rung = await announcer.tell_of(connection, case, house.clock.now())
    for address in rung:
        announce(house.bell, address)
