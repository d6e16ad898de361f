"""A small Telegram: keeps updates until confirmed, takes messages, refuses as told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "123456:TEST-TOKEN"
Json = dict[str, Any]


@dataclass
class FakeTelegram:
    """One bot's side of the Bot API."""

    url: str = ""
    updates: list[Json] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)
    released: list[str] = field(default_factory=list)
    refusals: list[tuple[int, Json]] = field(default_factory=list)
    next_id: int = 1

    def says(self, text: str, user: int = 7, **message: Any) -> Json:
        """A citizen writes to the bot in private."""
        chat = {"id": user, "type": "private", "first_name": "Nam"}
        sender = {"id": user, "is_bot": False, "first_name": "Nam"}
        body = {"message_id": self.next_id, "date": 1763600000, "chat": chat, "from": sender}
        body |= {"text": text} if text else {}
        return self._add({"message": body | message})

    def presses(self, data: str, user: int = 7) -> Json:
        """A citizen presses a button."""
        sender = {"id": user, "is_bot": False, "first_name": "Nam"}
        query = {"id": f"q{self.next_id}", "from": sender, "chat_instance": "1", "data": data}
        return self._add({"callback_query": query})

    def _add(self, content: Json) -> Json:
        update = {"update_id": 1000 + self.next_id, **content}
        self.next_id += 1
        self.updates.append(update)
        return update

    async def call(self, request: web.Request) -> web.Response:
        sent: Json = dict(await request.post())
        method = request.match_info["method"]
        if method == "getUpdates":
            return await self._give_updates(int(str(sent.get("offset", 0))))
        if self.refusals:
            status, body = self.refusals.pop(0)
            return web.json_response({"ok": False, "error_code": status, **body}, status=status)
        if method == "sendMessage":
            self.sent.append(sent)
            chat = {"id": int(sent["chat_id"]), "type": "private"}
            result = {"message_id": len(self.sent), "date": 1763600000, "chat": chat, "text": "x"}
            return web.json_response({"ok": True, "result": result})
        if method == "answerCallbackQuery":
            self.released.append(str(sent["callback_query_id"]))
        return web.json_response({"ok": True, "result": True})

    async def _give_updates(self, offset: int) -> web.Response:
        self.updates = [one for one in self.updates if one["update_id"] >= offset]
        if not self.updates:
            await asyncio.sleep(0.05)
        return web.json_response({"ok": True, "result": self.updates})


@asynccontextmanager
async def serving_telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram()
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/{{method}}", fake.call)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
