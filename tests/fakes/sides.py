"""The citizen's end of each channel, so that one suite holds every channel to the same promises.

A new channel gets a side here and a line in ``SIDES``; tests/contract/test_channels.py stays.
"""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.bootstrap import House, build
from bot.conversation.desk import Desk
from bot.messages import ChannelName, CitizenAddress
from bot.settings import Settings
from bot.web.app import create_app
from tests.fakes.furnished import settled
from tests.fakes.listening import PATIENCE, Heard, asking, unblocked
from tests.fakes.telegram import TOKEN, FakeTelegram, Json, buttons, links, serving_telegram
from tests.fakes.zalo_bot_sides import a_polled_zalo_bot_side, a_pushed_zalo_bot_side
from tests.fakes.zalo_sides import (
    a_buttoned_zalo_side,
    a_listed_zalo_side,
    a_refusing_zalo_side,
    a_zalo_side,
)

SECRET: Final = "a-secret-of-the-webhook"
HEADERS: Final = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
Web = TestClient[web.Request, web.Application]


class Side(Protocol):
    """A citizen on one channel; each act gives a receipt, which can be delivered once more."""

    house: House
    name: ChannelName

    def address(self, user: str = "7") -> CitizenAddress:
        """Give where the program writes to ``user``."""
        ...

    async def says(self, text: str, user: str = "7") -> Any: ...

    async def presses(self, value: str, user: str = "7") -> Any: ...

    async def sends_photo(self, content: bytes, user: str = "7") -> Any: ...

    async def shows_place(self, latitude: float, longitude: float, user: str = "7") -> Any: ...

    async def publishes(self, content: bytes) -> str:
        """Put a picture where everybody may fetch it, if this channel's provider fetches any."""
        ...

    async def delivers_again(self, receipt: Any) -> None: ...

    async def makes_noise(self) -> None:
        """Send what this channel knows but nobody said to us."""
        ...

    async def shown(self, user: str) -> list[Heard]:
        """Give what arrived at ``user`` so far."""
        ...


async def heard(side: Side, count: int, user: str = "7") -> list[Heard]:
    """Wait until ``user`` got ``count`` messages and give them; more than that is a fault."""
    async with asyncio.timeout(PATIENCE):
        while len(found := await side.shown(user)) < count:  # noqa: ASYNC110 - as a citizen looks
            await asyncio.sleep(0.03)
    assert len(found) == count, found
    return found


@dataclass
class WebSide:
    """The page of the web chat."""

    house: House
    web: Web
    name: ChannelName = ChannelName.WEB
    number: int = 0

    def address(self, user: str = "7") -> CitizenAddress:
        return CitizenAddress(channel=self.name, user_id=user)

    async def says(self, text: str, user: str = "7") -> Json:
        return await self._post({"session": user, "id": self._next(), "text": text})

    async def presses(self, value: str, user: str = "7") -> Json:
        return await self._post({"session": user, "id": self._next(), "choice": value})

    async def sends_photo(self, content: bytes, user: str = "7") -> Json:
        form = FormData()
        form.add_field("session", user)
        form.add_field("file", io.BytesIO(content), filename="a.jpg", content_type="image/jpeg")
        async with self.web.post("/chat/files", data=form) as answer:
            assert answer.status == 201
            number = (await answer.json())["file"]
        return await self._post({"session": user, "id": self._next(), "file": number})

    async def shows_place(self, latitude: float, longitude: float, user: str = "7") -> Json:
        place = {"lat": latitude, "lon": longitude}
        return await self._post({"session": user, "id": self._next(), "place": place})

    async def publishes(self, content: bytes) -> str:  # noqa: ARG002
        return ""

    async def delivers_again(self, receipt: Json) -> None:
        await self._post(receipt)

    async def makes_noise(self) -> None:
        for body in (b"{}", b"[]", b"\xff", b'{"session":"7","text":7}', b'{"session":"7"}'):
            async with self.web.post("/chat/messages", data=body) as answer:
                assert answer.status == 400

    async def shown(self, user: str) -> list[Heard]:
        async with self.web.get(f"/chat/replies?session={user}&after=0") as answer:
            replies = (await answer.json())["replies"]
        return [await self._heard(one, user) for one in replies]

    async def _heard(self, one: Json, user: str) -> Heard:
        fetched = [(told, await self._fetched(told, user)) for told in one["files"]]
        return Heard(
            one["text"],
            tuple((choice["label"], choice["value"]) for choice in one["choices"]),
            tuple((link["label"], link["address"]) for link in one["links"]),
            tuple(body for told, body in fetched if told["picture"]),
            tuple((told["name"], body) for told, body in fetched if not told["picture"]),
        )

    async def _fetched(self, told: Json, user: str) -> bytes:
        path = f"/{told['address']}"
        # What is one's own is fetched by the session, as the page's form does.
        asked = self.web.post(path, data={"session": user}) if told["private"] else None
        async with asked or self.web.get(path) as answer:
            return await answer.read() if answer.status == 200 else b""

    def _next(self) -> str:
        self.number += 1
        return f"m{self.number}"

    async def _post(self, body: Json) -> Json:
        async with self.web.post("/chat/messages", json=body) as answer:
            assert answer.status == 202
        return body


@dataclass
class PolledTelegramSide:
    """Telegram, asked by the program."""

    house: House
    telegram: FakeTelegram
    name: ChannelName = ChannelName.TELEGRAM

    def address(self, user: str = "7") -> CitizenAddress:
        return CitizenAddress(channel=self.name, user_id=user)

    async def says(self, text: str, user: str = "7") -> Json:
        return await self.delivers(self.telegram.says(text, int(user)))

    async def presses(self, value: str, user: str = "7") -> Json:
        return await self.delivers(self.telegram.presses(value, int(user)))

    async def sends_photo(self, content: bytes, user: str = "7") -> Json:
        return await self.delivers(self.telegram.sends_photo(content, int(user)))

    async def shows_place(self, latitude: float, longitude: float, user: str = "7") -> Json:
        place = {"latitude": latitude, "longitude": longitude}
        return await self.delivers(self.telegram.says("", int(user), location=place))

    async def publishes(self, content: bytes) -> str:  # noqa: ARG002
        return ""

    async def delivers(self, update: Json) -> Json:
        """Bring a new update to the program."""
        return update

    async def delivers_again(self, receipt: Json) -> None:
        self.telegram.repeated.append(receipt)
        async with asyncio.timeout(PATIENCE):
            while self.telegram.repeated:  # noqa: ASYNC110 - the other side is a server
                await asyncio.sleep(0.01)

    async def makes_noise(self) -> None:
        for content in noise(self.telegram):
            await self.delivers(self.telegram.add(content))

    async def shown(self, user: str) -> list[Heard]:
        return [self._heard(one) for one in self.telegram.sent if one["chat_id"] == user]

    def _heard(self, one: Json) -> Heard:
        file = self.telegram.files.of(one)
        return Heard(
            str(one.get("text") or one.get("caption") or ""),
            tuple(buttons(one)),
            tuple(links(one)),
            (file.content,) if file and file.kind == "photo" else (),
            ((file.name, file.content),) if file and file.kind == "document" else (),
        )


@dataclass
class PushedTelegramSide(PolledTelegramSide):
    """Telegram, calling the program's webhook."""

    web: Web = field(kw_only=True)

    async def delivers(self, update: Json) -> Json:
        self.telegram.updates.remove(update)
        assert await self.pushes(json.dumps(update).encode()) == 200
        return update

    async def delivers_again(self, receipt: Json) -> None:
        assert await self.pushes(json.dumps(receipt).encode()) == 200

    async def pushes(self, body: bytes, headers: dict[str, Any] = HEADERS) -> int:
        async with self.web.post("/webhooks/telegram", data=body, headers=headers) as answer:
            return answer.status


def noise(telegram: FakeTelegram) -> list[Json]:
    """Updates that are nobody's private word to us, and some of shapes never promised."""
    group = {"id": -100, "type": "supergroup", "title": "Thôn 3"}
    said = telegram.message("/menu@hanhchinh_bot")
    pressed = {"id": "p1", "from": said["from"], "data": "menu"}
    return [
        {"message": said | {"chat": group}},
        {"channel_post": said | {"chat": {"id": -200, "type": "channel", "title": "Tin"}}},
        {"my_chat_member": {"chat": said["chat"], "from": said["from"], "date": 1}},
        {"message_reaction": {"chat": said["chat"], "message_id": 1}},
        {"inline_query": {"id": "1", "from": said["from"], "query": "khai sinh", "offset": ""}},
        {"message": telegram.message("", new_chat_title="x")},
        {"message": telegram.message("", pinned_message={})},
        {"edited_message": telegram.message("", location={"latitude": 1, "longitude": 2})},
        {"callback_query": pressed | {"message": {"chat": group, "message_id": 1, "date": 1}}},
        {"callback_query": {"id": "p2", "from": said["from"], "game_short_name": "x"}},
        {"callback_query": pressed | {"data": "một hai"}},
        {"callback_query": 7, "message": "x", "edited_message": [1]},
        {"message": {"text": "xin chào"}},
        {"message": {"text": "xin chào", "chat": {"id": "7", "type": "private"}}},
        {"what_comes_next_year": {"x": [{}]}},
        {},
    ]


Opening = Callable[[Path, Desk], AbstractAsyncContextManager[Side]]


@asynccontextmanager
async def a_web_side(folder: Path, desk: Desk) -> AsyncIterator[WebSide]:
    async with (
        build(settled(folder), desk=desk) as house,
        house.working(),
        TestClient(TestServer(create_app(house))) as client,
        unblocked(),
    ):
        yield WebSide(house, client)


@asynccontextmanager
async def a_polled_side(folder: Path, desk: Desk) -> AsyncIterator[PolledTelegramSide]:
    async with (
        serving_telegram() as telegram,
        build(telegram_settings(folder, telegram.url, "polling"), desk=desk) as house,
        unblocked(),
        asking(house),
    ):
        yield PolledTelegramSide(house, telegram)


@asynccontextmanager
async def a_pushed_side(folder: Path, desk: Desk) -> AsyncIterator[PushedTelegramSide]:
    async with (
        serving_telegram() as telegram,
        build(telegram_settings(folder, telegram.url, "webhook"), desk=desk) as house,
        house.working(),
        TestClient(TestServer(create_app(house))) as client,
        unblocked(),
    ):
        yield PushedTelegramSide(house, telegram, web=client)


def telegram_settings(folder: Path, url: str, mode: str) -> Settings:
    """Give the settings of an office whose bot is at ``url``."""
    return settled(
        folder,
        TELEGRAM_TOKEN=TOKEN,
        TELEGRAM_BASE_URL=url,
        TELEGRAM_MODE=mode,
        TELEGRAM_WEBHOOK_SECRET=SECRET,
        PUBLIC_URL="https://example.vn",
    )


SIDES: Final[dict[str, Opening]] = {
    "web chat": a_web_side,
    "telegram by polling": a_polled_side,
    "telegram by webhook": a_pushed_side,
    "zalo bot by polling": a_polled_zalo_bot_side,
    "zalo bot by webhook": a_pushed_zalo_bot_side,
    "zalo by numbers": a_zalo_side,
}
# Other forms in which choices are offered; held to what is promised of choices, the rest is alike.
FORMS: Final[dict[str, Opening]] = {
    "zalo by buttons": a_buttoned_zalo_side,
    "zalo by a list": a_listed_zalo_side,
    "zalo refusing buttons": a_refusing_zalo_side,
}
