"""The door for channels whose provider calls us: proved on the raw bytes, stored, then 200."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from aiohttp import web

from bot.channels.errors import ForgedWebhook, UnreadableWebhook
from bot.channels.port import WebhookChannel
from bot.messages import ChannelName
from bot.storage.errors import NotStored
from bot.web.answers import give_json
from bot.web.bodies import read_body
from bot.web.keys import FIGURES, HOUSE
from bot.web.refusals import Refusal, not_found

routes = web.RouteTableDef()


@routes.post("/webhooks/{channel}")
async def receive(request: web.Request) -> web.Response:
    """Take one call of a provider; of a refused one nothing is stored but its count."""
    house = request.app[HOUSE]
    channel = _channel(request)
    with _counted(request, channel):
        body = await read_body(request)
        channel.verify(body, request.headers)
        brought = channel.parse(body, received_at=house.clock.now())
        await house.inbox.accept(brought.messages)
        await house.inbox.part(brought.left, house.clock.now())
    return give_json({})


def _channel(request: web.Request) -> WebhookChannel:
    name = request.match_info["channel"]
    known = request.app[HOUSE].webhooks
    if name not in known:
        raise not_found()
    return known[ChannelName(name)]


@contextmanager
def _counted(request: web.Request, channel: WebhookChannel) -> Iterator[None]:
    refused = request.app[FIGURES].webhooks_refused
    try:
        yield
    except web.HTTPRequestEntityTooLarge:
        refused.labels(channel.name, "too_large").inc()
        raise
    except web.HTTPUnsupportedMediaType:
        refused.labels(channel.name, "packed").inc()
        raise
    except ForgedWebhook as error:
        refused.labels(channel.name, "forged").inc()
        raise Refusal("forged", HTTPStatus.UNAUTHORIZED) from error
    except UnreadableWebhook as error:
        refused.labels(channel.name, "unreadable").inc()
        raise Refusal("unreadable") from error
    except NotStored:
        refused.labels(channel.name, "not_stored").inc()
        raise
