"""Setting one thing: proposed, published and gone by, in one step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from aiohttp import web

from bot.casework.changing import propose
from bot.console.actor import Actor
from bot.console.doing import doing
from bot.console.forms import Faulty
from bot.console.keys import CONSOLE
from bot.console.redirects import address, see_other
from bot.console.resolvers import in_path
from bot.console.words import say
from bot.officials.changes import Change, ChangeKind, Clash, Wish
from bot.officials.field_marks import Token, token_of
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
    wish = Wish(
        kind=ChangeKind.SETTING,
        office=office,
        ref=key,
        title=title,
        fields=value,
        reason=reason,
    )
    async with doing(request, actor) as acting:
        now = token_of(await find_standing(acting.connection, office, key))
        done = await propose(acting, wish, token=token or now, publish=True)
    if isinstance(done, Clash):
        raise Faulty({"": say("settings.clash")})
    await request.app[CONSOLE].orders.renew()
    return isinstance(done, Change)


def settings_again(
    request: web.Request, way: str, office: str, *, changed: bool
) -> web.StreamResponse:
    """Lead back to the page ``way`` of an office's settings, told whether anything is another."""
    query = {"office": in_path(office), "done": "saved" if changed else "nothing_changed"}
    return see_other(address(request, way, query))
