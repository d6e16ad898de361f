"""What the address of a talk names: any message of it, never the citizen's own address."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from bot.console.keys import CONSOLE, VISIT
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.storage.talk_rows import see_talk


async def talk_in_path(request: web.Request) -> Found:
    """Find the talk of ``{talk}``; one nobody answered yet belongs to the office that speaks.

    For whom a case of its citizen complains of there is none.
    """
    number, actor = number_in(request.match_info["talk"]), request[VISIT].actor
    if actor is None:
        raise NotThere
    house = request.app[CONSOLE]
    async with house.database.reading() as connection:
        seen = await see_talk(connection, actor.officer.id, number, house.clock.now())
    if seen is None:
        raise NotThere
    home = house.conversation.desk.office
    office = seen.talk.office or (home.code if home else "")
    return Found(office=office, thing=replace(seen, talk=replace(seen.talk, office=office)))
