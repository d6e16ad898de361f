"""The web application: every route of the program on one port."""

from __future__ import annotations

import asyncio

from aiohttp import web
from prometheus_client import Counter

from bot.web import chat, health, webhooks
from bot.web.keys import (
    CLOSING,
    FRAME_ANCESTORS,
    HOUSE,
    PAGES,
    RATE_LIMIT,
    REFUSED,
    SEATS,
    WORDING,
)
from bot.web.middlewares import add_headers, errors_in_words
from bot.web.pages import STATIC, Pages
from bot.web.ports import House
from bot.web.rate import RateLimit
from bot.web.seats import Seats
from bot.web.wording import read_wording


def create_app(house: House) -> web.Application:
    """Lay out the routes over ``house``."""
    settings = house.settings
    app = web.Application(middlewares=[errors_in_words], client_max_size=settings.body_limit)
    wording = read_wording()
    app[HOUSE] = house
    app[WORDING] = wording
    app[PAGES] = Pages(wording, office_name=house.office_name, suggestions=house.suggestions)
    app[RATE_LIMIT] = RateLimit(per_minute=settings.chat_rate_per_minute)
    app[SEATS] = Seats()
    app[FRAME_ANCESTORS] = f"'self' {settings.embed_origins}".strip()
    app[REFUSED] = Counter(
        "bot_webhooks_refused",
        "Webhook calls refused",
        ["channel", "reason"],
        registry=house.registry,
    )
    app[CLOSING] = asyncio.Event()
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_close_streams)
    app.add_routes([*chat.routes, *health.routes, *webhooks.routes])
    app.router.add_static("/static", STATIC)
    return app


async def _close_streams(app: web.Application) -> None:
    app[CLOSING].set()
