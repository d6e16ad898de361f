"""Sending a wish on: put in force at once by who may, else before who decides."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

import structlog
from aiohttp import web

from bot.casework.changing import propose
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.forms import Faulty
from bot.console.keys import CONSOLE
from bot.console.redirects import address, see_other
from bot.console.words import say
from bot.officials.changes import (
    Change,
    ChangeStatus,
    Clash,
    Refusal,
    Token,
    Wish,
    publishing_action,
)

# Seconds an officer waits for their own word to be told; it comes all the same, a little later.
PATIENCE: Final = 5.0
log = structlog.get_logger()


async def proposed(
    request: web.Request, actor: Actor, wish: Wish, token: str
) -> Change | Clash | Refusal:
    """Put ``wish`` forward in the officer's name and let citizens be told at once.

    Raises:
        Faulty: a value does not fit its field.
    """
    publish = may_publish(request, actor, wish)
    try:
        async with doing(request, actor) as acting:
            done = await propose(acting, wish, token=Token(token), publish=publish)
    except ValueError as unfit:
        log.warning("wish_unfit", kind=wish.kind, ref=wish.ref, fault=type(unfit).__name__)
        raise Faulty({"": say("edit.unfit")}) from unfit
    if isinstance(done, Change) and done.status is ChangeStatus.PUBLISHED:
        await told_at_once(request)
    return done


def may_publish(request: web.Request, actor: Actor, wish: Wish) -> bool:
    """Tell whether the officer's own wish needs nobody else."""
    rules = request.app[CONSOLE].conversation.desk.standing.rules
    action = publishing_action(wish.kind, wish.ref, wish.fields)
    return actor.may(action, wish.office) and not rules.four_eyes


async def told_at_once(request: web.Request) -> None:
    """Let this process tell what was just published; others see it within a second."""
    renewal = asyncio.ensure_future(request.app[CONSOLE].edition.renew())
    renewal.add_done_callback(_noted)
    with suppress(TimeoutError):
        await asyncio.wait_for(asyncio.shield(renewal), PATIENCE)


def led_on(
    request: web.Request, done: Change | Refusal, way: str, parts: Mapping[str, str]
) -> web.StreamResponse:
    """Lead to ``way``, where it is said what became of the wish."""
    if isinstance(done, Refusal):
        return see_other(address(request, way, {"done": "nothing_changed"}, **parts))
    said = {"done": SAID[done.status]}
    if done.status is ChangeStatus.SCHEDULED and done.valid_from:
        said["day"] = f"{done.valid_from:%d/%m/%Y}"
    return see_other(address(request, way, said, **parts))


SAID: Final = {
    ChangeStatus.PUBLISHED: "published",
    ChangeStatus.SCHEDULED: "scheduled",
    ChangeStatus.WAITING: "submitted",
}


def _noted(renewal: asyncio.Future[bool]) -> None:
    if not renewal.cancelled() and renewal.exception() is not None:
        log.warning("renewal_failed", fault=type(renewal.exception()).__name__)
