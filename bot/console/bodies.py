"""Reading a form out of a request: in time, within its limits, in the one coding a form has."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import IO, Final

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError
from aiohttp.web_request import FileField
from multidict import MultiDict, MultiMapping

from bot.channels.typed import clean
from bot.console.fields import Sent
from bot.console.forms import Value
from bot.console.limits import Limit
from bot.web.refusals import Refusal

PLAIN: Final = "application/x-www-form-urlencoded"
WITH_FILES: Final = "multipart/form-data"
LONGEST_NAME: Final = 200
# What reading a part of a form raises that is none: headers, codings, nesting, an end too early.
MALFORMED: Final = (HttpProcessingError, ValueError, LookupError, RuntimeError)


def within(request: web.Request, limit: Limit) -> web.Request:
    """Give the request as one that may be no larger than ``limit``."""
    return request.clone(client_max_size=limit.body, client_max_fields=limit.fields)


async def sent_form(request: web.Request, limit: Limit, *, files: bool) -> MultiMapping[Value]:
    """Read the fields that were sent; ``files`` tells whether the form may hold one.

    Raises:
        web.HTTPUnsupportedMediaType: it is no form, or comes packed.
        web.HTTPRequestEntityTooLarge: it holds more than ``limit`` allows.
        Refusal: it does not come in time, is malformed, or breaks off because the caller left.

    """
    if request.headers.get("Content-Encoding", "identity").strip().lower() != "identity":
        raise web.HTTPUnsupportedMediaType
    if request.content_type not in ((PLAIN, WITH_FILES) if files else (PLAIN,)):
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(limit.seconds):
            posted = await request.post()
    except TimeoutError as error:
        raise Refusal("too_slow", HTTPStatus.REQUEST_TIMEOUT) from error
    except (ConnectionError, web.RequestPayloadError, *MALFORMED) as error:
        raise Refusal("bad_request") from error
    return await _taken(posted, limit)


async def _taken(posted: MultiMapping[object], limit: Limit) -> MultiMapping[Value]:
    taken: MultiDict[Value] = MultiDict()
    for name, value in posted.items():
        if isinstance(value, FileField):
            body = await asyncio.to_thread(_emptied, value.file)
            taken.add(name, Sent(name=_short(value.filename), body=body))
        elif isinstance(value, bytes | bytearray) and not value:
            # A browser sends the field of a file though none was chosen.
            continue
        elif isinstance(value, str):
            if len(value) > limit.field:
                raise web.HTTPRequestEntityTooLarge(limit.field, len(value))
            taken.add(name, value)
        else:
            raise Refusal("bad_request")
    return taken


def _emptied(file: IO[bytes]) -> bytes:
    with file:
        return file.read()


def _short(name: str) -> str:
    """Give the last part of a file's name, whatever folders its sender put before it.

    Of a long one the end, which tells its kind.
    """
    return clean(name.replace("\\", "/").rpartition("/")[2])[-LONGEST_NAME:]
