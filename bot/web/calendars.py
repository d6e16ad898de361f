"""Offices' calendars for phones and mail programs: who has an address reads one, nothing else."""

from __future__ import annotations

import asyncio
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from typing import Final

from aiohttp import ETag, hdrs, web

from bot.web.keys import CALENDAR_LIMIT, HOUSE
from bot.web.refusals import not_found, too_soon
from broadcasts.calendar.feed import Published

# A program asks every few hours; an office's people may all have the one address.
PER_MINUTE: Final = 60
FILE: Final = 'inline; filename="lich-truyen-thong.ics"'
routes = web.RouteTableDef()


@routes.get("/lich/{key:[A-Za-z0-9_-]{43}}.ics")
async def calendar(request: web.Request) -> web.StreamResponse:
    """Give the calendar that the key of the address opens."""
    house, key = request.app[HOUSE], request.match_info["key"]
    # Counted for each key, never for an address: a whole office stands behind one.
    wait = request.app[CALENDAR_LIMIT].take(key, house.clock.now())
    if wait:
        raise too_soon("too_often", HTTPStatus.TOO_MANY_REQUESTS, seconds=wait)
    known = await house.calendars.opened_by(key)
    if known is None:
        raise not_found()
    body = await asyncio.to_thread(known.written)
    answer = _headed(known, body)
    if _has_it(request, answer.etag, known.changed_at):
        answer.set_status(HTTPStatus.NOT_MODIFIED)
    else:
        answer.body = body
    return answer


def _headed(known: Published, body: bytes) -> web.Response:
    answer = web.Response(content_type="text/calendar", charset="utf-8")
    answer.etag = ETag(value=sha256(body).hexdigest()[:32])
    answer.last_modified = known.changed_at
    # The address is a secret: no proxy keeps what it leads to, no search engine names it.
    answer.headers[hdrs.CACHE_CONTROL] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers[hdrs.CONTENT_DISPOSITION] = FILE
    return answer


def _has_it(request: web.Request, etag: ETag | None, changed_at: datetime) -> bool:
    """Tell whether the caller has this calendar already (RFC 9110, 13.2.2)."""
    named = request.if_none_match
    if named is not None:
        return any(one.value in ("*", etag.value if etag else "") for one in named)
    since = request.if_modified_since
    return since is not None and changed_at <= since
