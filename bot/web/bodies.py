"""Reading the body of a request: plain bytes only; nothing small may unpack to something huge."""

from __future__ import annotations

from typing import Final

from aiohttp import hdrs, web

PLAIN: Final = "identity"


async def read_body(request: web.Request) -> bytes:
    """Read the body as it was sent, which is what signatures are made over.

    Raises:
        web.HTTPUnsupportedMediaType: it came packed.
        web.HTTPRequestEntityTooLarge: it is longer than the application allows.

    """
    if request.headers.get(hdrs.CONTENT_ENCODING, PLAIN).strip().lower() != PLAIN:
        raise web.HTTPUnsupportedMediaType
    return await request.read()
