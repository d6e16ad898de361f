"""Replies as server-sent events: each with its number, so that a lost connection goes on there."""

from __future__ import annotations

from typing import Final, NoReturn

import orjson
from aiohttp import hdrs, web

from bot.channels.webchat import render
from bot.messages import OutgoingMessage
from bot.web.asked import ask_address, ask_cursor
from bot.web.keys import HOUSE, SEATS
from bot.web.replies import Replies

HEARTBEAT_SECONDS: Final = 15.0
HEARTBEAT: Final = b": still here\n\n"
RECONNECT: Final = b"retry: 2000\n\n"
RESTARTED: Final = b"event: restarted\ndata: {}\n\n"
STREAM_HEADERS: Final = {
    hdrs.CONTENT_TYPE: "text/event-stream; charset=utf-8",
    hdrs.CACHE_CONTROL: "no-store",
    # nginx would otherwise hold the events back until its buffer is full.
    "X-Accel-Buffering": "no",
}
routes = web.RouteTableDef()


@routes.get("/chat/events", allow_head=False)
async def events(request: web.Request) -> web.StreamResponse:
    """Send the replies as they come, whichever process answers, until the citizen leaves."""
    address = ask_address(request)
    reading = await Replies.past(ask_cursor(request), address, request.app[HOUSE].mailbox)
    with request.app[SEATS].take(address.user_id):
        response = web.StreamResponse(headers=STREAM_HEADERS)
        try:
            await response.prepare(request)
            await _send(response, reading)
        except ConnectionResetError:
            return response


async def _send(response: web.StreamResponse, reading: Replies) -> NoReturn:
    await response.write(RECONNECT + (RESTARTED if reading.restarted else b""))
    while True:
        found = await reading.more(wait=HEARTBEAT_SECONDS)
        await response.write(b"".join(map(_event, found)) or HEARTBEAT)


def _event(message: OutgoingMessage) -> bytes:
    return b"id: %d\ndata: %b\n\n" % (message.id, orjson.dumps(render(message)))
