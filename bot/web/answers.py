"""The two forms of an answer: JSON for programs, a page for people."""

from __future__ import annotations

from http import HTTPStatus

import orjson
from aiohttp import web

from bot.web.keys import PAGES, WORDING
from bot.web.refusals import Refusal


def give_json(
    data: object, status: HTTPStatus = HTTPStatus.OK, *, headers: dict[str, str] | None = None
) -> web.Response:
    """Give ``data`` as JSON that nobody on the way keeps."""
    return web.Response(
        body=orjson.dumps(data),
        status=status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        content_type="application/json",
        charset="utf-8",
    )


def give_refusal(request: web.Request, refusal: Refusal, **values: str) -> web.Response:
    """Say why the request is not served: on a page when a person opened it, else as JSON."""
    sentence = request.app[WORDING].errors[refusal.error]
    words = (
        sentence.format(seconds=refusal.retry_after, **values)
        if "{s" in sentence or values
        else sentence
    )
    if request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        return request.app[PAGES].refusal(words, refusal)
    return give_json({"error": words}, refusal.status, headers=refusal.headers)
