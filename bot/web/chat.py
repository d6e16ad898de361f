"""The chat's routes: a message in, replies out by waiting, by events or by asking."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC
from http import HTTPStatus
from typing import Any, Final
from uuid import uuid4

import orjson
from aiohttp import web

from bot.channels.webchat import UnreadableChat, read_message, read_session, render
from bot.messages import CitizenAddress, OutgoingMessage
from bot.storage.errors import NotStored
from bot.web.answers import give_json
from bot.web.keys import CLOSING, HOUSE, PAGES, RATE_LIMIT, SEATS
from bot.web.refusals import Refusal
from bot.web.seats import NoSeat

LONGEST_WAIT: Final = 30
AT_ONCE: Final = 50
HEARTBEAT: Final = 15.0
routes = web.RouteTableDef()


@routes.get("/")
async def page(request: web.Request) -> web.Response:
    """Show the chat."""
    return web.Response(
        text=request.app[PAGES].chat,
        content_type="text/html",
        headers={"Cache-Control": "no-cache"},
    )


@routes.get("/embed.js")
async def embed(request: web.Request) -> web.Response:
    """Give the script that puts the chat on another site."""
    return web.Response(
        text=request.app[PAGES].embed,
        content_type="text/javascript",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@routes.post("/chat/messages")
async def say(request: web.Request) -> web.Response:
    """Store what a citizen says; with ``?wait=`` seconds also give the replies."""
    wait = _number(request, "wait", LONGEST_WAIT)
    house = request.app[HOUSE]
    now = house.clock.now().astimezone(UTC)
    try:
        message = read_message(await request.read(), received_at=now, spare_id=uuid4().hex)
    except UnreadableChat as fault:
        raise Refusal(str(fault)) from fault
    pause = request.app[RATE_LIMIT].take(message.address.user_id, now)
    if pause:
        raise Refusal("too_fast", HTTPStatus.TOO_MANY_REQUESTS, retry_after=pause)
    try:
        (row,) = await house.inbox.accept([message])
    except NotStored as error:
        raise Refusal("internal", HTTPStatus.SERVICE_UNAVAILABLE, retry_after=5) from error
    if wait:
        replies = await house.mailbox.replies_to(row, wait=wait)
        if replies:
            return _give(replies)
    return give_json({"id": row}, HTTPStatus.ACCEPTED)


@routes.get("/chat/replies")
async def replies(request: web.Request) -> web.Response:
    """Give the replies past ``after``, for pages without events."""
    address = _address(request)
    after = _number(request, "after", 2**62)
    return _give(await request.app[HOUSE].mailbox.after(address, after, limit=AT_ONCE))


def _give(found: Sequence[OutgoingMessage]) -> web.Response:
    return give_json({"replies": [{"id": one.id, **render(one.reply)} for one in found]})


@routes.get("/chat/events")
async def events(request: web.Request) -> web.StreamResponse:
    """Send the replies as they come; ``Last-Event-ID`` goes on where a lost connection stopped."""
    address = _address(request)
    resumed = request.headers.get("Last-Event-ID", "")
    last = int(resumed) if resumed.isdecimal() else _number(request, "after", 2**62)
    try:
        with request.app[SEATS].take(address.user_id):
            return await _stream(request, address, last)
    except NoSeat as error:
        raise Refusal("too_many_open", HTTPStatus.SERVICE_UNAVAILABLE, retry_after=30) from error


async def _stream(request: web.Request, address: CitizenAddress, last: int) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",
        }
    )
    await response.prepare(request)
    await response.write(b"retry: 2000\n\n")
    closing = request.app[CLOSING]
    mailbox = request.app[HOUSE].mailbox
    closed = asyncio.ensure_future(closing.wait())
    try:
        while not closed.done():
            found = await _unless(
                closed, mailbox.after(address, last, limit=AT_ONCE, wait=HEARTBEAT)
            )
            last = await _write(response, found, last)
    except ConnectionResetError:
        return response
    finally:
        closed.cancel()
    return response


async def _unless(
    closed: asyncio.Future[Any], looking: Coroutine[Any, Any, tuple[OutgoingMessage, ...]]
) -> tuple[OutgoingMessage, ...]:
    """Wait for ``looking`` unless the server closes; an interrupted look is let go properly."""
    look = asyncio.ensure_future(looking)
    try:
        both: set[asyncio.Future[Any]] = {look, closed}
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        return look.result() if look.done() else ()
    finally:
        look.cancel()
        await asyncio.gather(look, return_exceptions=True)


async def _write(response: web.StreamResponse, found: Sequence[OutgoingMessage], last: int) -> int:
    if not found:
        await response.write(b": still here\n\n")
    for one in found:
        data = orjson.dumps({"id": one.id, **render(one.reply)})
        await response.write(b"id: %d\ndata: %b\n\n" % (one.id, data))
        last = one.id
    return last


def _address(request: web.Request) -> CitizenAddress:
    try:
        return read_session(request.query.get("session"))
    except UnreadableChat as fault:
        raise Refusal(str(fault)) from fault


def _number(request: web.Request, name: str, most: int) -> int:
    text = request.query.get(name, "0")
    if not text.isdecimal() or int(text) > most:
        raise Refusal(f"bad_{name}")
    return int(text)
