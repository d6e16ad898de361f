"""The door for channels whose provider calls us: proved on the raw bytes, stored, then 200."""

from __future__ import annotations

from datetime import UTC
from http import HTTPStatus

from aiohttp import web
from prometheus_client import Counter

from bot.channels.errors import ForgedWebhook, UnreadableWebhook
from bot.channels.port import WebhookChannel
from bot.messages import ChannelName
from bot.storage.errors import NotStored
from bot.web.answers import give_json
from bot.web.keys import HOUSE, REFUSED
from bot.web.refusals import Refusal

routes = web.RouteTableDef()


@routes.post("/webhooks/{channel}")
async def receive(request: web.Request) -> web.Response:
    """Take one call of a provider."""
    house = request.app[HOUSE]
    channel = _channel(request)
    refused = request.app[REFUSED]
    try:
        body = await request.read()
        channel.verify(body, request.headers)
        messages = channel.parse(body, received_at=house.clock.now().astimezone(UTC))
        await house.inbox.accept(messages)
    except web.HTTPRequestEntityTooLarge:
        _count(refused, channel, "too_large")
        raise
    except ForgedWebhook as error:
        _count(refused, channel, "forged")
        raise Refusal("forged", HTTPStatus.UNAUTHORIZED) from error
    except UnreadableWebhook as error:
        _count(refused, channel, "unreadable")
        raise Refusal("unreadable") from error
    except NotStored as error:
        _count(refused, channel, "not_stored")
        raise Refusal("internal", HTTPStatus.SERVICE_UNAVAILABLE, retry_after=5) from error
    return give_json({})


def _channel(request: web.Request) -> WebhookChannel:
    name = request.match_info["channel"]
    known = request.app[HOUSE].webhooks
    if name not in set(ChannelName) or ChannelName(name) not in known:
        raise Refusal("not_found", HTTPStatus.NOT_FOUND)
    return known[ChannelName(name)]


def _count(refused: Counter, channel: WebhookChannel, reason: str) -> None:
    refused.labels(channel.name, reason).inc()
