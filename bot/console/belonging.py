"""To which page an act belongs: what answers a form stands under an address only forms go to.

Links and filters there lead to the page itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from aiohttp import web

from bot.console.keys import ADDRESSES, PAGES
from bot.console.routing import Way


def pages_of(ways: Iterable[Way]) -> Mapping[str, Way]:
    """Give the page each act belongs to, by the act's name.

    It is the one under the act's own address, or which shows its form again, or else the nearest
    above it.
    """
    every = tuple(ways)
    pages = {way.path: way for way in every if way.form is None}
    by_handler: dict[object, Way] = {way.handler: way for way in pages.values()}
    found = {way.name: _page_of(way, pages, by_handler) for way in every if way.form is not None}
    return {name: page for name, page in found.items() if page is not None}


def _page_of(way: Way, pages: Mapping[str, Way], by_handler: Mapping[object, Way]) -> Way | None:
    if way.path in pages:
        return pages[way.path]
    if way.again in by_handler:
        return by_handler[way.again]
    above = way.path
    while above and above not in pages:
        above = above.rpartition("/")[0]
    return pages.get(above or "/")


def page_address(request: web.Request, way: Way) -> str:
    """Give the address of the page the act ``way`` belongs to; empty where there is none."""
    page = request.app[PAGES].get(way.name)
    if page is None:
        return ""
    parts = {name: part for name, part in request.match_info.items() if f"{{{name}}}" in page.path}
    return str(request.app[ADDRESSES][page.name].url_for(**parts))
