"""Blank letters to fetch, with the lawful way of each in plain words; nothing is sent in here."""

from __future__ import annotations

from functools import cache
from typing import Final

from aiohttp import hdrs, web

from bot.feedback.blanks import FORMS, blanks, page_words
from bot.feedback.kinds import WITHHELD, Kind
from bot.feedback.ways import OVERVIEW, WayPage
from bot.web.downloads import stored_file
from bot.web.headers import page_policy
from bot.web.keys import HOUSE, PAGES
from bot.web.ports.house import House
from bot.web.refusals import not_found
from broadcasts.documents.blank import as_blank_docx

WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
routes = web.RouteTableDef()


@routes.get(FORMS)
async def listed(request: web.Request) -> web.StreamResponse:
    """Give the page that lists the blank letters, each with its way."""
    house = request.app[HOUSE]
    shown = [
        {"blank": one, "size": len(_file(one.id)), "way": _pages(house, one.kind)}
        for one in blanks().values()
    ]
    text = request.app[PAGES].blanks(shown, words=page_words(), contact=house.contact)
    policy = page_policy(house.settings.embed_origins)
    headers = {**policy, hdrs.CACHE_CONTROL: "no-cache"}
    return web.Response(text=text, content_type="text/html", headers=headers)


@routes.get(FORMS + "/{blank:[a-z-]{1,40}}.docx")
async def one(request: web.Request) -> web.StreamResponse:
    """Give a blank letter as a Word file, the same for everybody."""
    blank = request.match_info["blank"]
    if blank not in blanks():
        raise not_found()
    return stored_file(_file(blank), f"{blank}.docx", WORD, cached="public, max-age=3600")


@cache
def _file(blank: str) -> bytes:
    return as_blank_docx(blanks()[blank].letter)


def _pages(house: House, kind: Kind) -> tuple[WayPage, ...]:
    """Give the way told beside a letter; its overview speaks of the chat, not of this page."""
    pages = house.lawful_way(kind) if kind in WITHHELD else ()
    return tuple(page for page in pages if page.key != OVERVIEW)
