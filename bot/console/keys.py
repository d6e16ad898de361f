"""What the console's application and a request of it carry, typed."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from jinja2 import Environment

from bot.console.cookies import Cookies
from bot.console.crowd import Crowd
from bot.console.menu import Menu
from bot.console.people.doorway import Doorway
from bot.console.people.porch import Porch
from bot.console.ports import ConsoleHouse
from bot.console.routing import Way
from bot.console.trees import Trees
from bot.console.visit import Visit
from bot.web.assets import Asset

CONSOLE: web.AppKey[ConsoleHouse] = web.AppKey("console")
TEMPLATES = web.AppKey("templates", Environment)
FILES: web.AppKey[Mapping[str, Asset]] = web.AppKey("files")
DOORWAY = web.AppKey("doorway", Doorway)
PORCH = web.AppKey("porch", Porch)
CROWD = web.AppKey("crowd", Crowd)
COOKIES = web.AppKey("cookies", Cookies)
HEADERS: web.AppKey[Mapping[str, str]] = web.AppKey("headers")
ADDRESSES: web.AppKey[Mapping[str, web.AbstractResource]] = web.AppKey("addresses")
PAGES: web.AppKey[Mapping[str, Way]] = web.AppKey("pages")
MENU = web.AppKey("menu", Menu)
TREES = web.AppKey("trees", Trees)
VISIT = web.RequestKey("visit", Visit)
