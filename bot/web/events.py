"""Replies as server-sent events: each with its number, so that a lost connection goes on there."""

from __future__ import annotations

import asyncio
from typing import Final

import orjson
from aiohttp import hdrs, web

from bot.channels.webchat import render
from bot.messages import OutgoingMessage
from bot.web.asked import ask_address, ask_cursor
from bot.web.callers import address_of
from bot.web.keys import HOUSE, PATIENCE, SEATS
from bot.web.patience import Patience
from bot.web.replies import Replies
from bot.web.seats import Seat

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
    """Send the replies as they come, whichever process answers, until the citizen leaves.

    A stream long without replies ends; a page still open opens it anew, from where it ended.
    """
    address = ask_address(request)
    mailbox = request.app[HOUSE].mailbox
    seats = request.app[SEATS]
    async with Replies.past(ask_cursor(request), address, mailbox) as reading:
        with seats.take(address.user_id, address_of(request), kind=Seat.STREAM):
            response = web.StreamResponse(headers=STREAM_HEADERS)
            try:
                await response.prepare(request)
                await _send(response, reading, patience=request.app[PATIENCE])
            except ConnectionResetError:
                pass
    return response


async def _send(response: web.StreamResponse, reading: Replies, *, patience: Patience) -> None:
    now = asyncio.get_running_loop().time
    await response.write(RECONNECT + (RESTARTED if reading.restarted else b""))
    heard = now()
    while now() < heard + patience.idle:
        found = await reading.more(wait=patience.heartbeat)
        heard = now() if found else heard
        await response.write(b"".join(map(_event, found)) or HEARTBEAT)


def _event(message: OutgoingMessage) -> bytes:
    return b"id: %d\ndata: %b\n\n" % (message.id, orjson.dumps(render(message)))
