"""What happens around every route: counting it, and ending its errors in words."""

from __future__ import annotations

import asyncio
import secrets
from http import HTTPStatus
from typing import Final

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler

from bot.storage.errors import Unavailable
from bot.web.answers import give_refusal
from bot.web.keys import FIGURES
from bot.web.refusals import Refusal, too_soon

IN_WORDS: Final = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "packed",
}
TRY_AGAIN_SECONDS: Final = 5
log = structlog.get_logger()


@web.middleware
async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Count the request by what it was answered and how long that took."""
    now = asyncio.get_running_loop().time
    started = now()
    response = await handler(request)
    request.app[FIGURES].count(request, response, now() - started)
    return response


@web.middleware
async def errors_in_words(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn refusals and faults into answers; nothing of the inside is shown."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return give_refusal(request, refusal)
    except web.HTTPException as error:
        return _reword(request, error)
    except Unavailable:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return give_refusal(request, too_soon("not_stored", status, seconds=TRY_AGAIN_SECONDS))
    except Exception as error:  # the caller gets an id to name
        if request.writer.output_size:
            raise  # a stream that has begun can only be cut; the page comes back by itself
        return _admit(request, error)


def _reword(request: web.Request, error: web.HTTPException) -> web.Response:
    status = HTTPStatus(error.status)
    response = give_refusal(request, Refusal(IN_WORDS.get(status, "bad_request"), status))
    if hdrs.ALLOW in error.headers:
        response.headers[hdrs.ALLOW] = error.headers[hdrs.ALLOW]
    return response


def _admit(request: web.Request, error: Exception) -> web.Response:
    fault = secrets.token_hex(4)
    # By the route alone: an address may hold the key of a calendar.
    resource = request.match_info.route.resource
    path = resource.canonical if resource else request.path
    log.error("request_failed", id=fault, path=path, exc_info=error)
    return give_refusal(request, Refusal("internal", HTTPStatus.INTERNAL_SERVER_ERROR, id=fault))
