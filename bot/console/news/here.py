"""The realm news goes by here, and the text an address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.console.keys import CONSOLE
from bot.console.resolvers import number_in
from bot.console.routing import Found, NotThere
from bot.newsroom.deployment import Deployment
from bot.newsroom.letters import enclosed
from bot.newsroom.realm import Realm
from bot.storage.broadcast_rows import find_broadcast, find_version
from broadcasts.models import Route
from broadcasts.routes import WAYS_OF
from broadcasts.texts import Broadcast, Version

# In the order they are offered.
OFFERED: Final = (
    Route.WEB,
    Route.TELEGRAM,
    Route.ZALO_CS,
    Route.ZALO_ARTICLE,
    Route.ZALO_TEMPLATE,
    Route.ZALO_BOT,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHere:
    """What an address names: a broadcast with the version that stands."""

    broadcast: Broadcast
    version: Version


def realm_of(request: web.Request) -> Realm:
    """Give the realm as it stands now."""
    house = request.app[CONSOLE]
    snapshot = house.conversation.shipped.knowledge.snapshot
    deployment = Deployment.of(house.settings)
    return Realm.of(snapshot, house.conversation.stood, deployment=deployment)


def unserved_ways(request: web.Request) -> frozenset[Route]:
    """Give the ways to readers by which no channel sends news here."""
    house = request.app[CONSOLE]
    set_up = house.channel_faults().keys() - house.settings.muted_channels
    by_channel = {route for channel in set_up for route in WAYS_OF.get(channel, ())}
    return frozenset(Route) - by_channel - {Route.WEB}


def ways_to_choose(request: web.Request) -> tuple[Route, ...]:
    """Give the ways a text may be narrowed to; that of a bot of Zalo where it sends news."""
    off = unserved_ways(request) & {Route.ZALO_BOT}
    return tuple(one for one in OFFERED if one not in off)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHere:
    """What an address names: a file that goes with the version of a text that stands."""

    file: int


async def file_in_path(request: web.Request) -> Found:
    """Find the file ``{file}`` of the text ``{text}``; another text's is not there."""
    text = await text_in_path(request)
    file = number_in(request.match_info["file"])
    if not isinstance(text.thing, TextHere) or file not in enclosed(text.thing.version.text):
        raise NotThere
    return Found(office=text.office, thing=FileHere(file=file))


async def text_in_path(request: web.Request) -> Found:
    """Find the broadcast of ``{text}``."""
    number = number_in(request.match_info["text"])
    async with request.app[CONSOLE].database.reading() as connection:
        broadcast = await find_broadcast(connection, number)
        version = (
            await find_version(connection, broadcast.id, broadcast.version) if broadcast else None
        )
    if broadcast is None or version is None:
        raise NotThere
    return Found(office=broadcast.office, thing=TextHere(broadcast=broadcast, version=version))
