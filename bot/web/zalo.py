"""What Zalo asks of our web: proof of the domain, and a place where a consent comes back.

A domain is proved by a tag in the first page or by a file at the root. What the file must hold is
written nowhere that could be read: ours holds the code and the tag, and the tag is the safer way.
"""

from __future__ import annotations

import re
from html import escape
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from aiohttp import hdrs, web

from bot.web.headers import page_policy
from bot.web.keys import HOUSE
from bot.web.refusals import not_found

CALLBACK: Final = "/zalo/callback"
BEHIND: Final = "/console/settings/zalo/back"
BROUGHT: Final = ("code", "oa_id", "state")
VALUE: Final = re.compile(r"[A-Za-z0-9._~-]{0,512}")
routes = web.RouteTableDef()


@routes.get(CALLBACK)
async def callback(request: web.Request) -> web.StreamResponse:
    """Lead who comes back from Zalo into the console, where an officer is asked first.

    Nothing is kept and nothing exchanged here: the way is open to everybody.
    """
    told = {name: request.query.get(name, "") for name in BROUGHT}
    if not all(map(VALUE.fullmatch, told.values())):
        raise not_found()
    where = f"{BEHIND}?{urlencode({name: value for name, value in told.items() if value})}"
    headers = {hdrs.LOCATION: where, hdrs.CACHE_CONTROL: "no-store"}
    return web.Response(status=HTTPStatus.SEE_OTHER, headers=headers)


@routes.get("/zalo_verifier{code:[A-Za-z0-9_-]{8,128}}.html")
async def verifier(request: web.Request) -> web.StreamResponse:
    """Give the file that proves the domain, of the code in the settings alone."""
    settings = request.app[HOUSE].settings
    code = request.match_info["code"]
    if not settings.zalo_domain_proof or code != settings.zalo_domain_proof:
        raise not_found()
    return web.Response(
        text=f"<!doctype html><head>{proof_tag(code)}</head><body>{escape(code)}</body>",
        content_type="text/html",
        headers=page_policy(settings.embed_origins),
    )


def proof_tag(code: str) -> str:
    """Give the tag by which Zalo recognises a domain."""
    return f'<meta name="zalo-platform-site-verification" content="{escape(code)}" />'
