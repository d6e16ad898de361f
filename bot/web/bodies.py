"""Reading the body of a request: plain bytes only; nothing small may unpack to something huge."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

from aiohttp import hdrs, web

from bot.web.keys import PATIENCE
from bot.web.refusals import Refusal

PLAIN: Final = "identity"


async def read_body(request: web.Request) -> bytes:
    """Read the body as it was sent, which is what signatures are made over.

    Raises:
        web.HTTPUnsupportedMediaType: it came packed.
        web.HTTPRequestEntityTooLarge: it is longer than the application allows.
        Refusal: it does not come in time, is malformed, or breaks off because the caller left.

    """
    async with reading(request):
        return await request.read()


@asynccontextmanager
async def reading(request: web.Request) -> AsyncIterator[None]:
    """Have a body read in time; raises as ``read_body``."""
    if request.headers.get(hdrs.CONTENT_ENCODING, PLAIN).strip().lower() != PLAIN:
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(request.app[PATIENCE].body):
            yield
    except TimeoutError as error:
        raise Refusal("too_slow", HTTPStatus.REQUEST_TIMEOUT) from error
    except (ConnectionError, web.RequestPayloadError) as error:
        raise Refusal("bad_request") from error
