"""What the application carries; the names are typed so that no route has to guess."""

from __future__ import annotations

from aiohttp import web

from bot.web.figures import Figures
from bot.web.pages import Pages
from bot.web.patience import Patience
from bot.web.ports.house import House
from bot.web.rate import RateLimit
from bot.web.seats import Seats
from bot.web.wording import Wording

HOUSE: web.AppKey[House] = web.AppKey("house")
WORDING = web.AppKey("wording", Wording)
FIGURES = web.AppKey("figures", Figures)
PATIENCE = web.AppKey("patience", Patience)
PAGES = web.AppKey("pages", Pages)
RATE_LIMIT = web.AppKey("rate_limit", RateLimit)
CALENDAR_LIMIT = web.AppKey("calendar_limit", RateLimit)
SEATS = web.AppKey("seats", Seats)
UPLOADS = web.AppKey("uploads", Seats)
LARGE_CALLS = web.AppKey("large_calls", Seats)
