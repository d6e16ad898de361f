"""What a browser asks for: the chat page, its files, and the script for the office's website."""

from __future__ import annotations

from aiohttp import web

from bot.web.assets import give_asset
from bot.web.keys import PAGES
from bot.web.refusals import not_found

routes = web.RouteTableDef()


@routes.get("/")
async def chat_page(request: web.Request) -> web.Response:
    """Give the chat page."""
    pages = request.app[PAGES]
    response = give_asset(request, pages.chat)
    response.headers.update(pages.chat_policy)
    return response


@routes.get("/embed.js")
async def embed_script(request: web.Request) -> web.Response:
    """Give the script that puts the chat on another website."""
    response = give_asset(request, request.app[PAGES].embed)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@routes.get("/static/{name}")
async def static_file(request: web.Request) -> web.Response:
    """Give one file of the page."""
    file = request.app[PAGES].files.get(request.match_info["name"])
    if file is None:
        raise not_found()
    return give_asset(request, file)
