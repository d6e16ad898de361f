"""The sealed inbox in the console: who is let in, and the use cases with their parts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from aiohttp import web

from bot.channels.kept import KEPT
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.feedback.times import times_of
from bot.console.keys import CONSOLE
from bot.console.routing import Found, NotThere
from bot.conversation.filing.presses import deed_value
from bot.conversation.filing.talk import Step
from bot.feedback.purposes import Purpose
from bot.handling.offering import Offering
from bot.handling.sealed_inbox import SealedInbox, remember_stranger
from bot.handling.sealing import Seals
from bot.storage.sealed_rows import offices_read_by

# What is offered goes on where words would be asked for, with the words that are there.
OFFERED_AT: Final = Step.WHAT


@dataclass(frozen=True, slots=True)
class Inboxes:
    """The offices whose sealed inbox an officer was appointed to read, by a document."""

    offices: tuple[str, ...]


async def inboxes_of(request: web.Request, actor: Actor) -> Found:
    """Let in whom a document names as a reader; no role does, the administrator's neither.

    Raises:
        NotThere: the officer reads no inbox; that they tried is remembered, each time.
    """
    async with request.app[CONSOLE].database.reading() as connection:
        offices = await offices_read_by(connection, actor.officer.id)
    if not offices:
        async with doing(request, actor) as acting:
            remember_stranger(acting, actor.officer.office)
        raise NotThere
    return Found(office=offices[0], thing=Inboxes(offices))


def sealed_inbox(request: web.Request) -> SealedInbox:
    """Give what a reader does, with the keys of this house."""
    house = request.app[CONSOLE]
    offering = Offering(
        desks=house.conversation,
        seals=Seals(house.vaults.data),
        kept=KEPT,
        step=OFFERED_AT,
        yes=deed_value("resume"),
        no=deed_value("drop"),
    )
    times = times_of(request).clockwork.times
    return SealedInbox(
        vault=house.vaults.sealed,
        offering=offering,
        kept=partial(times.kept, purpose=Purpose.SEALED),
    )
