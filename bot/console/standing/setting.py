"""Setting one thing: proposed, published and gone by, in one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.casework.changing import propose
from bot.casework.deeds import acting
from bot.console.actor import Actor
from bot.console.forms import Faulty
from bot.console.keys import CONSOLE
from bot.console.words import say
from bot.officials.audit import By
from bot.officials.changes import Change, ChangeKind, Clash, Token, Wish, token_of
from bot.storage.standing_rows import find_standing

LAST_WORD: Final = Token("")


async def put(  # noqa: PLR0913 - one thing at one office, by whom and why
    request: web.Request,
    actor: Actor,
    office: str,
    key: str,
    value: Mapping[str, Any],
    *,
    title: str,
    reason: str,
    token: Token = LAST_WORD,
) -> bool:
    """Make ``value`` what ``office`` has set under ``key``; an empty one is as shipped.

    ``token`` tells what the form was filled from; without one the last word counts. Gives whether
    anything is another than before.

    Raises:
        Faulty: somebody else changed it since.
    """
    house = request.app[CONSOLE]
    wish = Wish(
        kind=ChangeKind.SETTING,
        office=office,
        ref=key,
        title=title,
        fields=value,
        reason=reason,
    )
    async with acting(house.database, house.clock, by(actor)) as doing:
        now = token_of(await find_standing(doing.connection, office, key))
        done = await propose(doing, wish, token=token or now, publish=True)
    if isinstance(done, Clash):
        raise Faulty({"": say("settings.clash")})
    await house.orders.renew()
    return isinstance(done, Change)


def by(actor: Actor) -> By:
    """Give who acts, as the audit names them."""
    return By(officer=actor.officer.id, actor=actor.officer.name, address=actor.address)
