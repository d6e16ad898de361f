"""Leading a browser on: to addresses of the console, built from the names of its ways."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from aiohttp import hdrs, web

from bot.console.keys import ADDRESSES
from bot.console.words import wording

HOME: Final = "/console/"
OWN_ADDRESS: Final = re.compile(
    r"/console(?:/[A-Za-z0-9._~-]+)*/?(?:\?[A-Za-z0-9=&._%+~-]*)?", re.ASCII
)
CLIMBS: Final = re.compile(r"/\.{1,2}(?:[/?]|$)")
LONGEST: Final = 1_000
FILLS_A_GAP: Final = re.compile(r"[0-9][0-9./]{0,11}", re.ASCII)


def address(
    request: web.Request, way: str, query: Mapping[str, str] | None = None, /, **parts: str
) -> str:
    """Give the address of ``way`` with its ``parts`` and ``query`` filled in."""
    url = request.app[ADDRESSES][way].url_for(**parts)
    return str(url.with_query(query) if query else url)


def go(
    request: web.Request,
    way: str,
    *,
    done: str = "",
    failed: str = "",
    gaps: Mapping[str, int | str] | None = None,
    **parts: str,
) -> web.Response:
    """Lead on to ``way``; the page there says ``done.<done>``, its gaps filled with numbers.

    What did not come about it says as a warning, ``failed.<failed>``.
    """
    told = {name: key for name, key in (("done", done), ("failed", failed)) if key}
    query = told | {name: str(value) for name, value in (gaps or {}).items()}
    return see_other(address(request, way, query if told else None, **parts))


def see_other(where: str) -> web.Response:
    """Lead on to an address made by ``address`` or looked at by ``own_address``."""
    return web.Response(
        status=HTTPStatus.SEE_OTHER, headers={hdrs.LOCATION: where, hdrs.CACHE_CONTROL: "no-store"}
    )


def own_address(text: str) -> str:
    """Give ``text`` where it is an address of the console, else its first page."""
    fits = len(text) <= LONGEST and OWN_ADDRESS.fullmatch(text) and not CLIMBS.search(text)
    return text if fits else HOME


def told_before(request: web.Request, table: str) -> str:
    """Give what the page before did, or in ``failed`` could not, in words of ours.

    From the address only numbers are taken.
    """
    key = f"{table}.{request.query.get(table, '')}"
    if key not in wording().sentences:
        return ""
    gaps = {name: request.query.get(name, "") for name in wording().gaps(key)}
    if not all(FILLS_A_GAP.fullmatch(value) for value in gaps.values()):
        return ""
    told = {name: int(one) if one.isdecimal() else one for name, one in gaps.items()}
    return wording().say(key, **told)
