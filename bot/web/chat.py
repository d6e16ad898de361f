"""The chat as JSON: a message in, replies out by waiting or by asking."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from http import HTTPStatus

from aiohttp import web

from bot.channels.webchat import render
from bot.messages import CitizenAddress, IncomingMessage
from bot.privacy import in_words
from bot.web.answers import give_json
from bot.web.asked import ask_address, ask_cursor, ask_message, ask_wait
from bot.web.callers import address_of
from bot.web.downloads import stored_file
from bot.web.keys import HOUSE, RATE_LIMIT, SEATS
from bot.web.refusals import Refusal, not_found, too_soon
from bot.web.replies import Replies
from bot.web.seats import Seat

routes = web.RouteTableDef()


@routes.post("/chat/messages")
async def say(request: web.Request) -> web.Response:
    """Store what a citizen says; with ``?wait=`` seconds also give the replies."""
    wait = ask_wait(request)
    message = await ask_message(request)
    _slow_down(request, message)
    house = request.app[HOUSE]
    if message.attachment and not await house.photos.holds(
        message.address, int(message.attachment.reference)
    ):
        raise Refusal("bad_file")
    # Seated first: who is turned away must not find the message stored all the same.
    with _place(request, message.address, wait=wait):
        (row,) = await house.inbox.accept([message])
        replies = await house.mailbox.replies_to(row, wait=wait) if wait else ()
    if not replies:
        return give_json({"id": row, **_hidden(house.inbox.as_kept(message))}, HTTPStatus.ACCEPTED)
    return give_json({"replies": [render(one) for one in replies]})


@routes.get("/chat/replies")
async def replies(request: web.Request) -> web.Response:
    """Give the replies past ``?after=``, for pages without events; ``?wait=`` waits for one."""
    address, wait = ask_address(request), ask_wait(request)
    mailbox = request.app[HOUSE].mailbox
    async with Replies.past(ask_cursor(request), address, mailbox) as reading:
        with _place(request, address, wait=wait):
            found = await reading.more(wait=wait)
    return give_json({"restarted": reading.restarted, "replies": [render(one) for one in found]})


@routes.get("/chat/tep/{reply:[0-9]{1,15}}/{file:[0-9]{1,15}}/{key:[0-9a-f]{32}}")
async def file(request: web.Request) -> web.StreamResponse:
    """Give a picture or a file that goes with a reply to who has its address."""
    told = request.match_info
    mailbox = request.app[HOUSE].mailbox
    found = await mailbox.enclosure(int(told["reply"]), int(told["file"]), told["key"])
    if found is None:
        raise not_found()
    one, content = found
    return stored_file(content, one.name, one.media, cached="private, max-age=86400")


def _place(
    request: web.Request, address: CitizenAddress, *, wait: float
) -> AbstractContextManager[None]:
    if not wait:
        return nullcontext()
    seats = request.app[SEATS]
    return seats.take(address.user_id, address_of(request), kind=Seat.WAIT)


def _hidden(kept: IncomingMessage) -> dict[str, str]:
    """Give what was stored, in words, where personal data was hidden in it."""
    return {"hidden": in_words(kept.text)} if kept.masked else {}


def _slow_down(request: web.Request, message: IncomingMessage) -> None:
    limit = request.app[RATE_LIMIT]
    seconds = limit.take(message.address.user_id, message.received_at)
    if seconds:
        raise too_soon("too_fast", HTTPStatus.TOO_MANY_REQUESTS, seconds=seconds)
