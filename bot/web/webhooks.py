"""The door for channels whose provider calls us: proved on the raw bytes, stored, then 200."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

from aiohttp import web

from bot.channels.errors import ForgedWebhook, StaleWebhook, UnreadableWebhook
from bot.channels.port import WebhookChannel
from bot.messages import ChannelName
from bot.storage.errors import NotStored
from bot.web.answers import give_json
from bot.web.bodies import read_body
from bot.web.keys import FIGURES, HOUSE
from bot.web.large_calls import body_of
from bot.web.ports.house import House
from bot.web.refusals import Refusal, not_found

routes = web.RouteTableDef()


@routes.post("/webhooks/{channel}")
async def receive(request: web.Request) -> web.Response:
    """Take one call of a provider; of a refused one nothing is stored but its count."""
    house, name = request.app[HOUSE], request.match_info["channel"]
    with _counted(request, name):
        if name in house.doors:
            door = house.doors[ChannelName(name)]
            async with body_of(request, door) as body:
                await door.take(body, request.headers)
        elif name in house.webhooks:
            channel = house.webhooks[ChannelName(name)]
            await _brought(house, channel, await read_body(request), request.headers)
        else:
            raise not_found()
    return give_json({})


async def _brought(
    house: House, channel: WebhookChannel, body: bytes, headers: Mapping[str, str]
) -> None:
    """Read a call and store what it brought."""
    channel.verify(body, headers)
    now = house.clock.now()
    brought = channel.parse(body, received_at=now)
    await house.inbox.accept(brought.messages)
    await house.inbox.part(brought.left, now)


@contextmanager
def _counted(request: web.Request, channel: str) -> Iterator[None]:
    refused = request.app[FIGURES].webhooks_refused
    try:
        yield
    except web.HTTPRequestEntityTooLarge:
        refused.labels(channel, "too_large").inc()
        raise
    except web.HTTPUnsupportedMediaType:
        refused.labels(channel, "packed").inc()
        raise
    except ForgedWebhook as error:
        refused.labels(channel, "stale" if isinstance(error, StaleWebhook) else "forged").inc()
        raise Refusal("forged", HTTPStatus.UNAUTHORIZED) from error
    except UnreadableWebhook as error:
        refused.labels(channel, "unreadable").inc()
        raise Refusal("unreadable") from error
    except NotStored:
        refused.labels(channel, "not_stored").inc()
        raise
