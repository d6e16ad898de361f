"""Photos that citizens hand over on the chat page; what is told of one is never believed.

The form holds ``session`` and then ``file``. Whether this session may send a photo is known before
a byte of it is read; there is no cookie, so a form on another website sends nobody's photo: the
session is a secret of the page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

from aiohttp import BodyPartReader, MultipartReader, hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.casework.attaching import MOST_BYTES
from bot.casework.unfit import NotAttachable, Unfit
from bot.channels.webchat import UnreadableChat, read_session
from bot.messages import CitizenAddress
from bot.web.answers import give_json
from bot.web.bodies import PLAIN
from bot.web.callers import address_of
from bot.web.keys import HOUSE, PATIENCE, RATE_LIMIT, UPLOADS
from bot.web.refusals import Refusal, too_soon
from bot.web.seats import Seat

FORM: Final = "multipart/form-data"
# Beside the photo: the session, and what a browser writes around both.
ENVELOPE: Final = 16_384
LONGEST_SESSION: Final = 128
# What reading a part of a form raises that is none: headers, codings, nesting, an end too early.
MALFORMED: Final = (
    HttpProcessingError, web.RequestPayloadError, ConnectionError, ValueError, LookupError,
    RuntimeError, EOFError, AssertionError,
)  # fmt: skip
routes = web.RouteTableDef()


@routes.post("/chat/files")
async def hand_over(request: web.Request) -> web.Response:
    """Look at a photo, draw it anew and keep it for the session; give its number."""
    _look_at_the_head(request)
    async with _in_time(request):
        form = await request.multipart()
        address = await _session(form)
    await _admit(request, address)
    with request.app[UPLOADS].take(address.user_id, address_of(request), kind=Seat.WAIT):
        async with _in_time(request):
            content = await _content(form)
        try:
            number = await request.app[HOUSE].photos.keep(address, content)
        except NotAttachable as error:
            raise _unfit(error) from error
    return give_json({"file": number}, HTTPStatus.CREATED)


def _look_at_the_head(request: web.Request) -> None:
    """Refuse what is no form with a photo, by what its head tells, unread."""
    if request.headers.get(hdrs.CONTENT_ENCODING, PLAIN).strip().lower() != PLAIN:
        raise web.HTTPUnsupportedMediaType
    if request.content_type != FORM:
        raise Refusal("no_form", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if request.content_length is None:
        raise Refusal("no_length", HTTPStatus.LENGTH_REQUIRED)
    if request.content_length > MOST_BYTES + ENVELOPE:
        raise _unfit(NotAttachable(Unfit.LARGE))


@asynccontextmanager
async def _in_time(request: web.Request) -> AsyncIterator[None]:
    """Read of a form as it comes; whatever is wrong with it is told in words."""
    try:
        async with asyncio.timeout(request.app[PATIENCE].upload):
            yield
    except TimeoutError as error:
        raise Refusal("too_slow", HTTPStatus.REQUEST_TIMEOUT) from error
    except UnreadableChat as error:
        raise Refusal(error.fault) from error
    except MALFORMED as error:
        raise Refusal("bad_request") from error


async def _admit(request: web.Request, address: CitizenAddress) -> None:
    """Let in who may send a photo now, before it is read."""
    house = request.app[HOUSE]
    if seconds := request.app[RATE_LIMIT].take(address.user_id, house.clock.now()):
        raise too_soon("too_fast", HTTPStatus.TOO_MANY_REQUESTS, seconds=seconds)
    if not await house.photos.may_send(address):
        raise Refusal("no_photo_now", HTTPStatus.CONFLICT)


async def _session(form: MultipartReader) -> CitizenAddress:
    part = await _part(form, "session")
    # One byte more than may be: so much tells that it is too long.
    told = await part.read_chunk(LONGEST_SESSION + 1)
    return read_session(bytes(told).decode(errors="replace"))


async def _content(form: MultipartReader) -> bytes:
    part = await _part(form, "file")
    content = bytearray()
    # As it came: a coding of the part, which could unpack to anything, is not undone.
    while piece := await part.read_chunk():
        content += piece
        if len(content) > MOST_BYTES:
            raise _unfit(NotAttachable(Unfit.LARGE))
    return bytes(content)


async def _part(form: MultipartReader, name: str) -> BodyPartReader:
    part = await form.next()
    if not isinstance(part, BodyPartReader) or part.name != name:
        raise Refusal("no_form", HTTPStatus.BAD_REQUEST)
    return part


def _unfit(error: NotAttachable) -> Refusal:
    large = error.why is Unfit.LARGE
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else HTTPStatus.UNPROCESSABLE_ENTITY
    return Refusal("unfit", status, why=str(error))
