"""The two forms of an answer: JSON for programs, a page for people."""

from __future__ import annotations

from http import HTTPStatus
from string import Template

import orjson
from aiohttp import web

from bot.web.keys import FIGURES, PAGES, WORDING
from bot.web.refusals import Refusal


def give_json(data: object, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    """Give ``data`` as JSON that nobody on the way keeps."""
    return web.Response(
        body=orjson.dumps(data),
        status=status,
        headers={"Cache-Control": "no-store"},
        content_type="application/json",
        charset="utf-8",
    )


def give_refusal(request: web.Request, refusal: Refusal) -> web.Response:
    """Say why the request is not served: on a page when a person opened it, else as JSON.

    It is counted by its reason.
    """
    if "text/html" in request.headers.get("Accept", ""):
        sentence = _counted(request.app, refusal)
        response = request.app[PAGES].refusal(sentence, refusal.status)
        response.headers.update(refusal.headers)
        return response
    return refuse_in_json(request.app, refusal)


def refuse_in_json(app: web.Application, refusal: Refusal) -> web.Response:
    """Say as JSON why something is not served; it is counted by its reason."""
    response = give_json({"error": _counted(app, refusal)}, refusal.status)
    response.headers.update(refusal.headers)
    return response


def _counted(app: web.Application, refusal: Refusal) -> str:
    app[FIGURES].refused.labels(refusal.error).inc()
    return Template(app[WORDING].errors[refusal.error]).substitute(refusal.values)
