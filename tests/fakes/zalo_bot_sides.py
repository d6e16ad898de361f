"""The citizen's end of a bot of the Zalo Bot Platform, where there are words and nothing else.

A citizen reads the menu under a message and types its number; what a button would say they type.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import House, build
from bot.conversation.desk import Desk
from bot.messages import ChannelName, CitizenAddress
from bot.settings import Settings
from bot.web.app import create_app
from tests.fakes.furnished import settled
from tests.fakes.listening import PATIENCE, Heard, asking, unblocked
from tests.fakes.numbered_menus import offered, read, typed
from tests.fakes.zalo_bot import TOKEN, FakeZaloBot, Json, serving_zalo_bot

SECRET: Final = "a-secret-of-the-zalo-webhook"
HEADERS: Final = {"X-Bot-Api-Secret-Token": SECRET}
Web = TestClient[web.Request, web.Application]


@dataclass
class PolledZaloBotSide:
    """The Zalo Bot Platform, asked by the program."""

    house: House
    zalo: FakeZaloBot
    name: ChannelName = ChannelName.ZALO_BOT

    def address(self, user: str = "7") -> CitizenAddress:
        return CitizenAddress(channel=self.name, user_id=user)

    async def says(self, text: str, user: str = "7") -> Json:
        return await self.delivers(self.zalo.says(text, user))

    async def presses(self, value: str, user: str = "7") -> Json:
        """Type the number of a choice of the last message, or the words that mean the same."""
        return await self.says(typed(value, await self.shown(user)), user)

    async def sends_photo(self, content: bytes, user: str = "7") -> Json:
        return await self.delivers(self.zalo.sends_photo(content, user))

    async def shows_place(self, latitude: float, longitude: float, user: str = "7") -> Json:  # noqa: ARG002
        """Show a place: the platform withholds it and says that there was something."""
        return await self.delivers(self.zalo.add("unsupported", self.zalo.message(user)))

    async def publishes(self, content: bytes) -> str:
        return self.zalo.publish(content)

    async def delivers(self, update: Json) -> Json:
        """Bring a new update to the program."""
        return update

    async def delivers_again(self, receipt: Json) -> None:
        self.zalo.hold(receipt)
        async with asyncio.timeout(PATIENCE):
            while self.zalo.updates:  # noqa: ASYNC110 - the other side is a server
                await asyncio.sleep(0.01)

    async def makes_noise(self) -> None:
        for update in noise(self.zalo):
            await self.delivers(self.zalo.hold(update))

    async def shown(self, user: str) -> list[Heard]:
        known = await offered(self.house, self.address(user))
        return [_heard(one, known) for one in self.zalo.sent if one["chat_id"] == user]


@dataclass
class PushedZaloBotSide(PolledZaloBotSide):
    """The Zalo Bot Platform, calling the program's webhook, in both of its forms in turn."""

    web: Web = field(kw_only=True)
    pushed: int = 0

    async def delivers(self, update: Json) -> Json:
        self.zalo.updates.remove(update)
        await self.delivers_again(update)
        return update

    async def delivers_again(self, receipt: Json) -> None:
        self.pushed += 1
        told = {"ok": True, "result": receipt} if self.pushed % 2 else receipt
        assert await self.pushes(json.dumps(told).encode()) == 200

    async def pushes(self, body: bytes, headers: dict[str, Any] = HEADERS) -> int:
        async with self.web.post("/webhooks/zalo_bot", data=body, headers=headers) as answer:
            return answer.status


def noise(zalo: FakeZaloBot) -> list[Json]:
    """Updates that are nobody's private word to us, and some of shapes never promised."""
    said = zalo.message("7", text="menu")
    group = {"id": "900", "chat_type": "GROUP"}
    text = {"event_name": "message.text.received"}
    return [
        text | {"message": said | {"chat": group}},
        text | {"message": said | {"chat": {"id": "7"}}},
        text | {"message": said | {"from": said["from"] | {"is_bot": True}}},
        text | {"message": said | {"message_id": None}},
        text | {"message": said | {"message_id": "một hai"}},
        text | {"message": said | {"text": ""}},
        text | {"message": said | {"text": 7}},
        text | {"message": "menu"},
        {"event_name": "bot.added.to_group", "message": said},
        {"event_name": 7, "message": {}},
        {"what_comes_next_year": [{}]},
        {},
    ]


def _heard(sent: Json, known: Mapping[str, str]) -> Heard:
    told = str(sent.get("text") or sent.get("caption") or "")
    pictures = (sent["content"],) if "content" in sent else ()
    return Heard(*read(told, known), pictures)


@asynccontextmanager
async def a_polled_zalo_bot_side(folder: Path, desk: Desk) -> AsyncIterator[PolledZaloBotSide]:
    async with (
        serving_zalo_bot() as zalo,
        build(zalo_bot_settings(folder, zalo.url, "polling"), desk=desk) as house,
        unblocked(),
        asking(house),
    ):
        yield PolledZaloBotSide(house, zalo)


@asynccontextmanager
async def a_pushed_zalo_bot_side(folder: Path, desk: Desk) -> AsyncIterator[PushedZaloBotSide]:
    async with (
        serving_zalo_bot() as zalo,
        build(zalo_bot_settings(folder, zalo.url, "webhook"), desk=desk) as house,
        house.working(),
        TestClient(TestServer(create_app(house))) as client,
        unblocked(),
    ):
        yield PushedZaloBotSide(house, zalo, web=client)


def zalo_bot_settings(folder: Path, url: str, mode: str, **more: str) -> Settings:
    """Give the settings of an office whose bot is at ``url``."""
    return settled(folder, **zalo_bot_told(url, mode) | more)


def zalo_bot_told(url: str, mode: str) -> dict[str, str]:
    """Give what a deployment says of its bot at ``url``."""
    return {
        "ZALO_BOT_TOKEN": TOKEN,
        "ZALO_BOT_BASE_URL": url,
        "ZALO_BOT_MODE": mode,
        "ZALO_BOT_WEBHOOK_SECRET": SECRET,
        "ZALO_BOT_RATE": "4000",
        "ZALO_FILE_HOSTS": url.removeprefix("http://"),
        "PUBLIC_URL": "https://example.vn",
    }
