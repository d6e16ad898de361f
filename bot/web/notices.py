"""The office's notices, for the head of the chat page and for whoever builds on the chat."""

from __future__ import annotations

from aiohttp import web

from bot.web.answers import give_json
from bot.web.keys import HOUSE

routes = web.RouteTableDef()


@routes.get("/chat/notices")
async def notices(request: web.Request) -> web.Response:
    """Give the notices in force, the most urgent first, and why nobody is answered just now.

    From memory, however many ask.
    """
    shown = [
        {"id": one.id, "level": str(one.level), "text": one.text}
        for one in request.app[HOUSE].notices
    ]
    return give_json({"notices": shown, "closed": request.app[HOUSE].closed})
