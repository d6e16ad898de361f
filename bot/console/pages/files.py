"""The style sheet, the script and the pictures of the console."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from aiohttp import web

from bot.console.keys import FILES
from bot.console.routing import NotThere, Room
from bot.web.assets import give_asset

FOLDER: Final = Path(__file__).parents[1] / "static"
room: Final = Room("files")


@room.open_page("/static/{name}")
async def static(request: web.Request) -> web.StreamResponse:
    """Give a file; its address holds its fingerprint, so browsers keep it."""
    asset = request.app[FILES].get(request.match_info["name"])
    if asset is None:
        raise NotThere
    return give_asset(request, asset)
