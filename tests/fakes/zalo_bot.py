"""A small Zalo Bot Platform: gives each update once, pushes them, refuses what it would refuse.

From the facts in docs/zalo.md; what is not published is chosen harshly.
"""

from __future__ import annotations

import asyncio
import io
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from time import monotonic
from typing import Any, Final

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from PIL import Image

from bot.channels.render import units

TOKEN: Final = "246813579:zalo-bot-TEST-token-abcdefghijklmnop"
LONGEST: Final = 2000
MINUTE: Final = 60.0
SECRET_LENGTHS: Final = range(8, 257)
# What each method takes, and of that what it must have.
TAKES: Final = {
    "getMe": ((), ()),
    "getUpdates": (("timeout",), ()),
    "setWebhook": (("url", "secret_token"), ("url", "secret_token")),
    "deleteWebhook": ((), ()),
    "getWebhookInfo": ((), ()),
    "sendMessage": (("chat_id", "text", "parse_mode", "text_styles"), ("chat_id", "text")),
    "sendPhoto": (("chat_id", "photo", "caption"), ("chat_id", "photo", "caption")),
    "sendChatAction": (("chat_id", "action"), ("chat_id", "action")),
}
SENDING: Final = frozenset({"sendMessage", "sendPhoto"})
Json = dict[str, Any]


class Break(StrEnum):
    """What may befall a call beside a refusal: the line breaks before or after it was taken."""

    BEFORE = "before"
    AFTER = "after"
    # A page of a server in between, and JSON that is none of theirs; both after it was taken.
    PAGE = "page"
    ODD = "odd"


class Refused(Exception):
    """The platform says no."""

    def __init__(self, number: int, words: str) -> None:
        super().__init__(words)
        self.number = number
        self.words = words


@dataclass
class FakeZaloBot:
    """One bot's side of the platform.

    ``befalls`` are refusals and breaks of the next messages in turn, ``ill`` a refusal of every
    call. With ``by_status`` a refusal has its number as HTTP status too. ``public`` is what
    anybody may fetch by address; ``theirs`` what citizens sent.
    """

    url: str = ""
    updates: deque[Json] = field(default_factory=deque)
    sent: list[Json] = field(default_factory=list)
    calls: list[tuple[float, str]] = field(default_factory=list)
    webhook: Json = field(default_factory=dict)
    befalls: deque[int | Break | None] = field(default_factory=deque)
    ill: int = 0
    by_status: bool = False
    is_verified: bool = True
    per_minute: int = 4000
    latency: float = 0.0
    asking: int = 0
    most_asking: int = 0
    public: dict[str, bytes] = field(default_factory=dict)
    theirs: dict[str, bytes] = field(default_factory=dict)
    asked_for: list[str] = field(default_factory=list)
    next_id: int = 1

    def says(self, text: str, user: str = "7", **more: Any) -> Json:
        """A citizen writes to the bot in private."""
        return self.add("text", self.message(user, **({"text": text} if text else {}), **more))

    def sends_photo(self, content: bytes, user: str = "7", **more: Any) -> Json:
        """A citizen sends a photo; by which name it is told differs."""
        address = self.keep(content)
        name = "photo" if self.next_id % 2 else "photo_url"
        return self.add("image", self.message(user, **{name: address}, **more))

    def keep(self, content: bytes) -> str:
        """Keep what a citizen sent and give its address."""
        name = f"{len(self.theirs)}.jpg"
        self.theirs[name] = content
        return f"{self.url}/theirs/{name}"

    def publish(self, content: bytes) -> str:
        """Put something where everybody may fetch it and give its address."""
        name = f"{len(self.public)}"
        self.public[name] = content
        return f"{self.url}/public/{name}"

    def message(self, user: str, **more: Any) -> Json:
        """A message as the platform tells of it."""
        self.next_id += 1
        sender = {"id": user, "display_name": "Nam", "is_bot": False}
        chat = {"id": user, "chat_type": "PRIVATE"}
        told = {"message_id": f"m{self.next_id}", "date": 1763600000000, "chat": chat}
        return told | {"from": sender, "message_type": "CHAT_MESSAGE"} | more

    def add(self, event: str, message: Json) -> Json:
        """Hold an update for the bot."""
        return self.hold({"event_name": f"message.{event}.received", "message": message})

    def hold(self, update: Json) -> Json:
        self.updates.append(update)
        return update

    async def call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        if request.match_info["token"] != TOKEN:
            # As has been seen: no JSON.
            return web.Response(status=401, text="<html>Unauthorized</html>")
        self.calls.append((monotonic(), method))
        await asyncio.sleep(self.latency)
        befallen = self._befallen(method)
        if befallen is Break.BEFORE:
            return _broken(request)
        try:
            result = await self._done(method, await request.json(), befallen)
        except Refused as refused:
            told = {"ok": False, "description": refused.words, "error_code": refused.number}
            return web.json_response(told, status=refused.number if self.by_status else 200)
        return _answered(request, befallen, {} if result is None else {"result": result})

    def _befallen(self, method: str) -> int | Break | None:
        if self.ill:
            return self.ill
        return self.befalls.popleft() if method in SENDING and self.befalls else None

    async def _done(self, method: str, told: Json, befallen: int | Break | None) -> Any:
        if isinstance(befallen, int):
            raise Refused(befallen, f"refused the bot {TOKEN}")
        self._check(method, told)
        if method in SENDING:
            return await self._taken(method, told)
        if method == "getUpdates":
            return await self._update(float(told.get("timeout", 30)))
        return self._set(method, told)

    def _set(self, method: str, told: Json) -> Any:
        if method == "setWebhook":
            return self._listened(told)
        if method == "deleteWebhook":
            self.webhook = {}
        if method == "getMe":
            about = {"account_name": "bot.xa", "account_type": "BASIC"}
            return {"id": TOKEN.partition(":")[0], "can_join_groups": False} | about
        if method == "sendChatAction":
            return None
        return {"url": self.webhook.get("url", ""), "updated_at": 1763600000000}

    def _check(self, method: str, told: Json) -> None:
        if method not in TAKES:
            raise Refused(404, "Not Found")
        takes, needs = TAKES[method]
        if unknown := set(told) - set(takes):
            raise Refused(400, f"unknown {sorted(unknown)}")
        if lacking := [one for one in needs if not isinstance(told.get(one), str)]:
            raise Refused(400, f"lacking {lacking}")
        for name in ("text", "caption"):
            if name in told and not 1 <= units(told[name].strip()) <= LONGEST:
                raise Refused(400, f"{name} must have 1 to {LONGEST} characters")

    async def _update(self, seconds: float) -> Json:
        if self.webhook:
            raise Refused(400, "a webhook is set")
        self.asking += 1
        self.most_asking = max(self.most_asking, self.asking)
        try:
            if not self.updates:
                await asyncio.sleep(min(seconds, 0.05))
            if not self.updates:
                raise Refused(408, "Request timeout")
            # Given is confirmed: there is no second time.
            return self.updates.popleft()
        finally:
            self.asking -= 1

    def _listened(self, told: Json) -> Json:
        if not told["url"].startswith("https://"):
            raise Refused(400, "url must be https")
        if len(told["secret_token"]) not in SECRET_LENGTHS:
            raise Refused(400, "secret_token must have 8 to 256 characters")
        verification = {"ok": self.is_verified, "outcome": "reached" if self.is_verified else "no"}
        if self.is_verified:
            self.webhook = told
        return {"url": told["url"], "updated_at": 1763600000000, "verification": verification}

    async def _taken(self, method: str, told: Json) -> Json:
        if self._in_the_last_minute() > self.per_minute:
            raise Refused(429, "Quota exceeded")
        content = await _fetched(told["photo"]) if method == "sendPhoto" else b""
        self.sent.append(told | ({"content": content} if content else {}))
        return {"message_id": f"b{len(self.sent)}", "date": 1763600000000}

    def _in_the_last_minute(self) -> int:
        since = monotonic() - MINUTE
        return sum(at > since for at, method in self.calls if method in SENDING)

    async def given(self, request: web.Request) -> web.Response:
        """Give what lies at an address."""
        name, shelf = request.match_info["name"], request.match_info["shelf"]
        kept = self.theirs if shelf == "theirs" else self.public
        self.asked_for.append(name)
        if name not in kept:
            return web.Response(status=404)
        return web.Response(body=kept[name], content_type="image/jpeg")


async def _fetched(address: str) -> bytes:
    """Fetch a picture as they do: what is none is refused."""
    try:
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            content = await answer.read()
            answer.raise_for_status()
        Image.open(io.BytesIO(content)).verify()
    except (aiohttp.ClientError, OSError, ValueError) as error:
        raise Refused(400, "photo cannot be fetched") from error
    return content


def _answered(request: web.Request, befallen: int | Break | None, told: Json) -> web.Response:
    if befallen is Break.AFTER:
        return _broken(request)
    if befallen is Break.PAGE:
        return web.Response(status=502, text="<html>Bad Gateway</html>")
    if befallen is Break.ODD:
        return web.json_response({"error": 0})
    return web.json_response({"ok": True} | told)


def _broken(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()


@asynccontextmanager
async def serving_zalo_bot() -> AsyncIterator[FakeZaloBot]:
    fake = FakeZaloBot()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", fake.call)
    app.router.add_get("/{shelf:theirs|public}/{name}", fake.given)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
