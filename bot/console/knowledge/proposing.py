"""Sending a wish on: put in force at once by who may, else before who decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import structlog
from aiohttp import web

from bot.casework.changing import propose
from bot.casework.publishing import PLACES
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.formats import day
from bot.console.forms import Faulty
from bot.console.keys import CONSOLE
from bot.console.redirects import address, see_other
from bot.console.renewing import renewed
from bot.console.rules import publishes_own
from bot.console.words import say
from bot.officials.changes import Change, ChangeStatus, Clash, Refusal, Wish
from bot.officials.field_marks import Token, plain
from bot.officials.fields_merging import differing
from bot.officials.permissions import Action

log = structlog.get_logger()


async def proposed(
    request: web.Request, actor: Actor, wish: Wish, token: str
) -> Change | Clash | Refusal:
    """Put ``wish`` forward in the officer's name and let citizens be told at once.

    Raises:
        Faulty: a value does not fit its field, or something else is approved for its days.
    """
    house = request.app[CONSOLE]
    try:
        async with doing(request, actor) as acting:
            # Who may publish it hangs on the fields that become others.
            stated = await PLACES[wish.kind].stated(acting.connection, wish.office, wish.ref)
            names = differing(stated, plain(dict(wish.fields)))
            publish = publishes_own(
                actor, house, wish.office, kind=wish.kind, ref=wish.ref, fields=names
            )
            done = await propose(acting, wish, token=Token(token), publish=publish)
    except ValueError as unfit:
        log.warning("wish_unfit", kind=wish.kind, ref=wish.ref, fault=type(unfit).__name__)
        raise Faulty({"": say("edit.unfit")}) from unfit
    if done is Refusal.MEETS:
        raise Faulty({"valid_from": say("saving.meets")})
    if isinstance(done, Change) and done.status is ChangeStatus.PUBLISHED:
        await renewed(request)
    return done


async def saved(request: web.Request, actor: Actor, wish: Wish, token: str) -> str:
    """Do the same where two people's words are not joined; give what ``done`` says of it.

    Raises:
        Faulty: also when somebody else changed the same meanwhile.
    """
    done = await proposed(request, actor, wish, token)
    if isinstance(done, Clash):
        raise Faulty({"": say("saving.clash")})
    return said(done)


def led_on(
    request: web.Request, done: Change | Refusal, way: str, parts: Mapping[str, str]
) -> web.StreamResponse:
    """Lead to ``way``, where it is said what became of the wish.

    What waits and has no page of its own, so that ``parts`` are empty, is shown as a change.
    """
    query = {"done": said(done)}
    if isinstance(done, Change) and done.status is ChangeStatus.SCHEDULED and done.valid_from:
        query["day"] = day(done.valid_from)
    if isinstance(done, Change) and done.status is not ChangeStatus.PUBLISHED and not parts:
        way, parts = "changes.change", {"id": str(done.id)}
    return see_other(address(request, way, query, **parts))


def said(done: Change | Refusal) -> str:
    """Give what ``done`` says of a wish: what became of it, and who is to see it now."""
    if isinstance(done, Refusal):
        return "nothing_changed"
    if done.status is ChangeStatus.WAITING and done.needs is Action.OFFICES_MANAGE:
        return "submitted_tree"
    return SAID[done.status]


SAID: Final = {
    ChangeStatus.PUBLISHED: "published",
    ChangeStatus.SCHEDULED: "scheduled",
    ChangeStatus.WAITING: "submitted",
}
