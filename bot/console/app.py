"""The console as an application of its own, put under /console of the web."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from aiohttp import web

from bot.console.admission import served
from bot.console.belonging import pages_of
from bot.console.changes.running import RUNNING, Running, stop_running
from bot.console.cookies import Cookies
from bot.console.crowd import Crowd
from bot.console.feedback.times import CLOCKWORK
from bot.console.headers import page_headers
from bot.console.keys import (
    ADDRESSES,
    CONSOLE,
    COOKIES,
    CROWD,
    DOORWAY,
    FILES,
    HEADERS,
    MENU,
    PAGES,
    PORCH,
    TEMPLATES,
    TREES,
)
from bot.console.knowledge.importing import TRIALS, Trials, stop_trials
from bot.console.knowledge.library import LIBRARY, Library
from bot.console.knowledge.linting import LINTING, Linting, stop_linting
from bot.console.menu import Menu
from bot.console.middlewares import errors_in_words
from bot.console.pages import case_imports, files, reader_lists
from bot.console.people.doorway import Doorway
from bot.console.people.hashing import ArgonHasher, Hasher
from bot.console.people.porch import Porch
from bot.console.people.sealing import Seal
from bot.console.ports import ConsoleHouse
from bot.console.redirects import HOME, see_other
from bot.console.render import read_templates
from bot.console.rooms import ROOMS, ways_of
from bot.console.routing import Room, Way
from bot.console.trees import Trees
from bot.console.words import wording
from bot.handling.clockwork import OfficeClockwork
from bot.web.assets import read_assets
from bot.web.keys import FIGURES, HOUSE, PATIENCE

PREFIX: Final = "/console"


def create_console(
    house: ConsoleHouse, rooms: Sequence[Room] = ROOMS, *, hasher: Hasher | None = None
) -> web.Application:
    """Lay out the rooms over ``house``; everything they read from disk is read now.

    Without a ``hasher`` passwords are Argon2id.
    """
    console = web.Application(middlewares=[errors_in_words])
    wording()
    console[CONSOLE] = house
    console[TEMPLATES] = read_templates()
    console[FILES] = read_assets(files.FOLDER)
    console[DOORWAY] = Doorway(
        database=house.database,
        clock=house.clock,
        hasher=hasher or ArgonHasher(),
        seal=Seal(house.settings.console_secret),
    )
    console[PORCH] = Porch()
    console[CROWD] = Crowd()
    console[COOKIES] = Cookies(plain=house.settings.console_plain_http == "on")
    console[HEADERS] = page_headers(house.settings)
    ways = ways_of(rooms)
    console[MENU] = Menu.of(ways)
    console[PAGES] = pages_of(ways)
    console[TRIALS] = Trials()
    console[LINTING] = Linting()
    console.on_cleanup.extend((stop_linting, stop_trials))
    reader_lists.USE.open(console)
    case_imports.USE.open(console)
    console[RUNNING] = Running()
    console.on_cleanup.append(stop_running)
    console[TREES] = Trees()
    console[CLOCKWORK] = _clockwork(house)
    console[LIBRARY] = Library(house.edition, house.conversation)
    console[ADDRESSES] = _lay(console.router, ways)
    return console


def mount(app: web.Application, console: web.Application) -> None:
    """Put the console under its prefix of ``app``, handing on what the web's parts ask for."""
    console[HOUSE], console[PATIENCE], console[FIGURES] = app[HOUSE], app[PATIENCE], app[FIGURES]
    app.router.add_get(PREFIX, _inside)
    app.add_subapp(f"{PREFIX}/", console)


async def _inside(_request: web.Request) -> web.StreamResponse:
    return see_other(HOME)


def _clockwork(house: ConsoleHouse) -> OfficeClockwork:
    """Reckon by what citizens are answered from."""
    talk = house.conversation
    return OfficeClockwork(lambda: talk.desk.knowledge.snapshot, lambda: talk.stood)


def _lay(router: web.UrlDispatcher, ways: Iterable[Way]) -> dict[str, web.AbstractResource]:
    resources: dict[str, web.Resource] = {}
    addresses: dict[str, web.AbstractResource] = {}
    # Of two that fit, the one that says more in its own words: /new before /{code}.
    for way in sorted(ways, key=lambda one: one.path.count("{")):
        if way.path not in resources:
            resources[way.path] = router.add_resource(way.path)
        if way.name in addresses:
            raise ValueError(f"two ways are called {way.name}")
        resources[way.path].add_route(way.method, served(way))
        addresses[way.name] = resources[way.path]
    return addresses
