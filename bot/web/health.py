"""For machines that watch: alive, ready, and what was counted."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from aiohttp import hdrs, web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.web.answers import give_json
from bot.web.keys import HOUSE

routes = web.RouteTableDef()


@routes.get("/healthz")
async def live(_request: web.Request) -> web.Response:
    """Say that the process answers."""
    return give_json({"status": "ok"})


@routes.get("/readyz")
async def ready(request: web.Request) -> web.Response:
    """Say whether every part works, and which does not.

    A provider out of reach is shown, an account of Zalo that needs somebody, that nobody leads and
    that keys are lacking, but the house is ready all the same.
    """
    house = request.app[HOUSE]
    parts, leader, accounts = await asyncio.gather(
        house.readiness(), house.leader(), house.account_states()
    )
    broken = any(parts.values())
    status = HTTPStatus.SERVICE_UNAVAILABLE if broken else HTTPStatus.OK
    shown = {
        "ready": not broken,
        "parts": {part: fault or "ok" for part, fault in parts.items()},
        "leader": leader,
        "lacking": list(house.lacking),
        "channels": {name: fault or "ok" for name, fault in house.channel_faults().items()},
        "accounts": dict(accounts),
    }
    return give_json(shown, status)


@routes.get("/metrics")
async def metrics(request: web.Request) -> web.Response:
    """Give the counters in Prometheus's text form."""
    body = generate_latest(request.app[HOUSE].registry)
    return web.Response(body=body, headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})
