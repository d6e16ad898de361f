"""A small Telegram: keeps updates until confirmed, pushes them, refuses what Telegram refuses.

Written from the facts of the Bot API; tests/journeys/test_telegram_emulator.py drives the program
through one that somebody else wrote.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.fakes.telegram_files import CitizensFiles
from tests.fakes.telegram_media import LARGEST_CALL, METHODS, Files, as_logged, form_of

TOKEN: Final = "123456:TEST-TOKEN"
Json = dict[str, Any]


@dataclass
class FakeTelegram:
    """One bot's side of the Bot API.

    ``refusals`` befall the next messages in turn, ``ill`` every call, ``odd`` (status and body)
    every call of that method; ``repeated`` is given out once more. While ``passing`` is not set
    no message is answered.
    """

    url: str = ""
    updates: list[Json] = field(default_factory=list)
    repeated: list[Any] = field(default_factory=list)
    sent: list[Json] = field(default_factory=list)
    files: Files = field(default_factory=Files)
    theirs: CitizensFiles = field(default_factory=CitizensFiles)
    released: list[str] = field(default_factory=list)
    refusals: deque[tuple[int, Json] | None] = field(default_factory=deque)
    nod_refusals: deque[tuple[int, Json]] = field(default_factory=deque)
    ill: tuple[int, Json] | None = None
    odd: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    odd_calls: int = 0
    tries: int = 0
    asking: int = 0
    most_asking: int = 0
    told: dict[str, Json] = field(default_factory=dict)
    next_id: int = 1
    passing: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.passing.set()

    def says(self, text: str, user: int = 7, **message: Any) -> Json:
        """A citizen writes to the bot in private."""
        return self.add({"message": self.message(text, user, **message)})

    def sends_photo(self, content: bytes, user: int = 7, text: str = "", **message: Any) -> Json:
        """A citizen sends a photo; Telegram makes smaller ones of it."""
        caption = {"caption": text} if text else {}
        photo = self.theirs.photo(content)
        return self.add({"message": self.message("", user, photo=photo, **caption, **message)})

    def message(self, text: str, user: int = 7, **more: Any) -> Json:
        """A message as Telegram tells of it."""
        chat = {"id": user, "type": "private", "first_name": "Nam"}
        sender = {"id": user, "is_bot": False, "first_name": "Nam"}
        body = {"message_id": self.next_id, "date": 1763600000, "chat": chat, "from": sender}
        return body | ({"text": text} if text else {}) | more

    def presses(self, data: str, user: int = 7, **query: Any) -> Json:
        """A citizen presses a button."""
        sender = {"id": user, "is_bot": False, "first_name": "Nam"}
        body = {"id": f"q{self.next_id}", "from": sender, "chat_instance": "1", "data": data}
        return self.add({"callback_query": body | query})

    def add(self, content: Json) -> Json:
        """Hold an update for the bot."""
        update = {"update_id": 1000 + self.next_id, **content}
        self.next_id += 1
        self.updates.append(update)
        return update

    async def call(self, request: web.Request) -> web.Response:
        sent = await form_of(request)
        if befallen := self._befallen(request.match_info["method"]):
            return befallen
        match request.match_info["method"]:
            case "getUpdates":
                return await self._give_updates(int(str(sent.get("offset", 0))))
            case method if method in METHODS:
                await self.passing.wait()
                return self._take(method, sent)
            case "getFile":
                return self.theirs.told(str(sent["file_id"]))
            case "answerCallbackQuery":
                if self.nod_refusals:
                    return _refusal(*self.nod_refusals.popleft())
                self.released.append(str(sent["callback_query_id"]))
            case method:
                self.told[method] = sent
        return web.json_response({"ok": True, "result": True})

    def _befallen(self, method: str) -> web.Response | None:
        if self.ill:
            return _refusal(*self.ill)
        if method not in self.odd:
            return None
        self.odd_calls += 1
        status, body = self.odd[method]
        return web.Response(status=status, body=body)

    def _take(self, method: str, sent: Json) -> web.Response:
        self.tries += 1
        refusal = self.refusals.popleft() if self.refusals else None
        if refusal:
            return _refusal(*refusal)
        fault = self.files.fault(method, sent)
        if fault:
            return _refusal(400, {"description": f"Bad Request: {fault}"})
        told = self.files.take(method, sent)
        self.sent.append(as_logged(method, sent, told))
        chat = {"id": int(sent["chat_id"]), "type": "private"}
        result = {"message_id": len(self.sent), "date": 1763600000, "chat": chat, **told}
        return web.json_response({"ok": True, "result": result})

    async def _give_updates(self, offset: int) -> web.Response:
        self.asking += 1
        self.most_asking = max(self.most_asking, self.asking)
        self.updates = [one for one in self.updates if one.get("update_id", 0) >= offset]
        if not self.updates and not self.repeated:
            await asyncio.sleep(0.05)
        self.asking -= 1
        given, self.repeated = [*self.repeated, *self.updates], []
        return web.json_response({"ok": True, "result": given})


def buttons(sent: Json) -> list[tuple[str, str]]:
    """Label and value of the buttons under a message."""
    rows = json.loads(sent.get("reply_markup", "{}")).get("inline_keyboard", [])
    return [
        (button["text"], button["callback_data"])
        for row in rows
        for button in row
        if "callback_data" in button
    ]


def links(sent: Json) -> list[tuple[str, str]]:
    """Label and address of the buttons under a message that open a page."""
    rows = json.loads(sent.get("reply_markup", "{}")).get("inline_keyboard", [])
    return [(button["text"], button["url"]) for row in rows for button in row if "url" in button]


def _refusal(status: int, body: Json) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, **body}, status=status)


@asynccontextmanager
async def serving_telegram() -> AsyncIterator[FakeTelegram]:
    fake = FakeTelegram()
    app = web.Application(client_max_size=LARGEST_CALL)
    app.router.add_post(f"/bot{TOKEN}/{{method}}", fake.call)
    app.router.add_get(f"/file/bot{TOKEN}/{{path:.+}}", fake.theirs.given)
    async with TestServer(app) as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
