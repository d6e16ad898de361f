"""A citizen's copy of what is kept about them, to who shows the session it was asked in."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from aiohttp import web

from bot.channels.webchat import UnreadableChat, read_session
from bot.handling.own.page import MEDIA, NAME
from bot.web.bodies import read_body
from bot.web.downloads import stored_file
from bot.web.keys import HOUSE, RATE_LIMIT
from bot.web.refusals import Refusal, too_soon

# Of the form's fields; the session is the one of it.
FIELDS: Final = 1
routes = web.RouteTableDef()


@routes.post("/chat/ban-sao/{copy:[0-9]{1,15}}")
async def own_copy(request: web.Request) -> web.StreamResponse:
    """Give a copy; the session is in the form, so no address anybody sees opens it."""
    house, body = request.app[HOUSE], await read_body(request)
    try:
        told = parse_qs(body.decode("ascii"), max_num_fields=FIELDS)
        address = read_session(next(iter(told.get("session", ())), None))
    except (ValueError, UnreadableChat) as error:
        raise Refusal("bad_session") from error
    if seconds := request.app[RATE_LIMIT].take(address.user_id, house.clock.now()):
        raise too_soon("too_fast", HTTPStatus.TOO_MANY_REQUESTS, seconds=seconds)
    content = await house.copies.fetched(int(request.match_info["copy"]), address)
    if content is None:
        raise Refusal("copy_over", HTTPStatus.NOT_FOUND)
    return stored_file(content, NAME, MEDIA, cached="no-store")
