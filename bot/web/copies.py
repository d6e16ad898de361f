"""What is one chat's alone, to who shows its session: a copy of own data, a file of an answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from aiohttp import web

from bot.channels.webchat import UnreadableChat, read_session
from bot.handling.own.page import MEDIA, NAME
from bot.messages import CitizenAddress
from bot.web.bodies import read_body
from bot.web.downloads import stored_file
from bot.web.keys import HOUSE, RATE_LIMIT
from bot.web.refusals import Refusal, too_soon

# Of the form's fields; the session is the one of it.
FIELDS: Final = 1
UNCACHED: Final = "no-store"
routes = web.RouteTableDef()


@routes.post("/chat/ban-sao/{copy:[0-9]{1,15}}")
async def own_copy(request: web.Request) -> web.StreamResponse:
    """Give a copy of what is kept about a chat."""
    address, number = await _asked_by(request), int(request.match_info["copy"])
    content = await request.app[HOUSE].copies.fetched(number, address)
    if content is None:
        raise Refusal("copy_over", HTTPStatus.NOT_FOUND)
    return stored_file(content, NAME, MEDIA, cached=UNCACHED)


@routes.post("/chat/tra-loi/{file:[0-9]{1,15}}")
async def answer_file(request: web.Request) -> web.StreamResponse:
    """Give a file that came with an answer."""
    address, number = await _asked_by(request), int(request.match_info["file"])
    found = await request.app[HOUSE].answer_files.fetched(number, address)
    if found is None:
        raise Refusal("file_over", HTTPStatus.NOT_FOUND)
    return stored_file(found.content, found.name, found.media, cached=UNCACHED, shown=False)


async def _asked_by(request: web.Request) -> CitizenAddress:
    """Read who asks; the session is in the form, so no address anybody sees opens anything."""
    body = await read_body(request)
    try:
        told = parse_qs(body.decode("ascii"), max_num_fields=FIELDS)
        address = read_session(next(iter(told.get("session", ())), None))
    except (ValueError, UnreadableChat) as error:
        raise Refusal("bad_session") from error
    now = request.app[HOUSE].clock.now()
    if seconds := request.app[RATE_LIMIT].take(address.user_id, now):
        raise too_soon("too_fast", HTTPStatus.TOO_MANY_REQUESTS, seconds=seconds)
    return address
