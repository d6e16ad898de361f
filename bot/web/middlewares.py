"""What happens to every request: safe headers, and errors in words."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from uuid import uuid4

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.web.answers import give_refusal
from bot.web.keys import FRAME_ANCESTORS
from bot.web.refusals import Refusal

SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
)
IN_WORDS: Final = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
}
log = structlog.get_logger()


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the security headers on every response, a stream's included."""
    response.headers.update(SAFE)
    ancestors = request.app[FRAME_ANCESTORS]
    response.headers["Content-Security-Policy"] = POLICY.format(ancestors=ancestors)


@web.middleware
async def errors_in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals and faults into answers; nothing of the inside is shown."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return give_refusal(request, refusal)
    except web.HTTPException as error:
        if error.status < HTTPStatus.BAD_REQUEST:
            raise
        name = IN_WORDS.get(HTTPStatus(error.status), "bad_request")
        return give_refusal(request, Refusal(name, HTTPStatus(error.status)))
    except Exception:  # one of the five places: the caller gets an id to name
        fault = uuid4().hex[:8]
        log.exception("request_failed", id=fault, path=request.path)
        unknown = Refusal("internal", HTTPStatus.INTERNAL_SERVER_ERROR)
        return give_refusal(request, unknown, id=fault)
