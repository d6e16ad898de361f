"""What the application carries; the names are typed so that no route has to guess."""

from __future__ import annotations

import asyncio

from aiohttp import web
from prometheus_client import Counter

from bot.web.pages import Pages
from bot.web.ports import House
from bot.web.rate import RateLimit
from bot.web.seats import Seats
from bot.web.wording import Wording

HOUSE: web.AppKey[House] = web.AppKey("house")
WORDING = web.AppKey("wording", Wording)
REFUSED = web.AppKey("refused", Counter)
PAGES = web.AppKey("pages", Pages)
RATE_LIMIT = web.AppKey("rate_limit", RateLimit)
SEATS = web.AppKey("seats", Seats)
CLOSING = web.AppKey("closing", asyncio.Event)
FRAME_ANCESTORS = web.AppKey("frame_ancestors", str)
