"""The web application: every route of the program on one port."""

from __future__ import annotations

from typing import Final

from aiohttp import web

from bot.web import (
    blanks,
    board,
    browsing,
    calendars,
    chat,
    copies,
    events,
    health,
    large_calls,
    news,
    notices,
    privacy,
    uploads,
    webhooks,
    zalo,
)
from bot.web.figures import Figures
from bot.web.headers import guard
from bot.web.keys import (
    CALENDAR_LIMIT,
    FIGURES,
    HOUSE,
    LARGE_CALLS,
    PAGES,
    PATIENCE,
    RATE_LIMIT,
    SEATS,
    UPLOADS,
    WORDING,
)
from bot.web.middlewares import count, errors_in_words
from bot.web.pages import Pages
from bot.web.patience import Patience
from bot.web.ports.house import House
from bot.web.rate import RateLimit
from bot.web.seats import Seats
from bot.web.wording import read_wording

ORDINARY: Final = Patience()
ROOMS: Final = (
    blanks, board, browsing, calendars, chat, copies, events, health, news, notices, privacy,
    uploads, webhooks, zalo,
)  # fmt: skip
# Each holds a whole photo in memory; a village behind one router has some.
UPLOADS_EACH: Final = 2
UPLOADS_PER_ADDRESS: Final = 8
MOST_UPLOADS: Final = 24


def create_app(house: House, patience: Patience = ORDINARY) -> web.Application:
    """Lay out the routes over ``house``."""
    settings = house.settings
    app = web.Application(
        middlewares=[count, errors_in_words],
        client_max_size=settings.body_limit,
        handler_args={
            "auto_decompress": False,
            # Counted from the connection's beginning: half a head is not waited for either.
            "keepalive_timeout": patience.head,
            "lingering_time": patience.linger,
        },
    )
    app[HOUSE] = house
    app[WORDING] = read_wording()
    app[PAGES] = Pages(house, app[WORDING])
    app[RATE_LIMIT] = RateLimit(per_minute=settings.chat_rate_per_minute)
    app[CALENDAR_LIMIT] = RateLimit(per_minute=calendars.PER_MINUTE)
    app[SEATS] = Seats(per_address=settings.streams_per_address)
    app[UPLOADS] = Seats(each=UPLOADS_EACH, per_address=UPLOADS_PER_ADDRESS, total=MOST_UPLOADS)
    app[LARGE_CALLS] = large_calls.places()
    app[PATIENCE] = patience
    app[FIGURES] = Figures(house.registry, app[SEATS])
    app.on_response_prepare.append(guard)
    app.on_shutdown.append(_send_home)
    for room in ROOMS:
        app.add_routes(room.routes)
    return app


async def _send_home(app: web.Application) -> None:
    app[SEATS].empty()
    app[UPLOADS].empty()
    app[LARGE_CALLS].empty()
