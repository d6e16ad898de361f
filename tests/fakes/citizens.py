"""A citizen's end of a chat as a person uses it: said once, read in order, choices as they look.

``TextCitizen`` has a telephone that shows words and nothing else: its gateway writes the choices
under a message by number, and a number is typed back.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final, Protocol

from aiohttp import FormData, web
from aiohttp.test_utils import TestClient

from bot.channels.render import counted
from bot.channels.spoken import BY_NUMBER
from bot.messages import QuickReply, Reply
from tests.fakes.listening import PATIENCE
from tests.fakes.sides import HEADERS
from tests.fakes.telegram import FakeTelegram, Json, buttons

Web = TestClient[web.Request, web.Application]
# The program is another one after it was started anew.
Served = Callable[[], Web]
_NUMBERS: Final = count(1)


class Citizen(Protocol):
    """Somebody in a chat; ``read`` is all that was read so far, in its order."""

    read: list[str]

    @property
    def conversation(self) -> str: ...

    async def says(self, text: str) -> str:
        """Type something and read what comes back."""
        ...

    async def chooses(self, label: str) -> str:
        """Take the choice that begins with ``label`` of those read last; read what comes back."""
        ...

    async def sends_photo(self, content: bytes) -> str:
        """Send a photo, or say that this telephone sends none; read what comes back."""
        ...

    async def hears(self) -> str:
        """Wait for the next message and read it."""
        ...

    async def everything(self) -> list[str]:
        """Give all that ever arrived in this chat, as its channel has it."""
        ...


def words_alone(read: str) -> str:
    """Give a message without the choices that stand by number below it."""
    return re.sub(rf"(\n{BY_NUMBER})?(\n\d+\. .*)+$", "", read)


def _chosen(label: str, offered: list[tuple[str, str]]) -> int:
    found = [at for at, (words, _) in enumerate(offered) if words.startswith(label)]
    assert found, (label, offered)
    return found[0]


def by_number(label: str, read: str) -> str:
    """Give the number to type for the choice that begins with ``label`` under a message."""
    numbers = [line.partition(". ") for line in read.splitlines()]
    told = [(words, number) for number, _, words in numbers if number.isdecimal()]
    return told[_chosen(label, told)][1]


@dataclass
class WebCitizen:
    """Has the chat page open: sends by HTTP, reads server-sent events from where they stopped."""

    served: Served
    user: str
    read: list[str] = field(default_factory=list)
    offered: list[tuple[str, str]] = field(default_factory=list)
    seen: int = 0

    @property
    def conversation(self) -> str:
        return f"web:{self.user}"

    async def says(self, text: str) -> str:
        return await self._sends({"text": text})

    async def chooses(self, label: str) -> str:
        return await self._sends({"choice": self.offered[_chosen(label, self.offered)][1]})

    async def sends_photo(self, content: bytes) -> str:
        form = FormData()
        form.add_field("session", self.user)
        form.add_field("file", io.BytesIO(content), filename="a.jpg", content_type="image/jpeg")
        async with self.served().post("/chat/files", data=form) as answer:
            assert answer.status == 201, await answer.text()
            number = (await answer.json())["file"]
        return await self._sends({"file": number})

    async def hears(self) -> str:
        way = f"/chat/events?session={self.user}&after={self.seen}"
        async with asyncio.timeout(PATIENCE), self.served().get(way) as stream:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    return self._reads(json.loads(line.removeprefix(b"data: ")))
        raise AssertionError("the stream ended")

    async def everything(self) -> list[str]:
        way = f"/chat/replies?session={self.user}&after=0"
        async with self.served().get(way) as answer:
            return [self._written(one) for one in (await answer.json())["replies"]]

    def _reads(self, reply: Json) -> str:
        self.seen = reply["id"]
        self.offered = [(one["label"], one["value"]) for one in reply["choices"]]
        self.read.append(self._written(reply))
        return self.read[-1]

    def _written(self, reply: Json) -> str:
        return str(reply["text"])

    async def _sends(self, said: dict[str, Any]) -> str:
        body = {"session": self.user, "id": f"m{next(_NUMBERS)}", **said}
        async with self.served().post("/chat/messages", json=body) as answer:
            assert answer.status == 202, await answer.text()
        return await self.hears()


class TextCitizen(WebCitizen):
    """Reads words alone and types all of it."""

    NO_CAMERA: Final = "máy tôi không gửi được ảnh"

    async def chooses(self, label: str) -> str:
        return await self.says(by_number(label, self.read[-1]))

    async def sends_photo(self, content: bytes) -> str:  # noqa: ARG002 - it has no camera
        return await self.says(self.NO_CAMERA)

    def _written(self, reply: Json) -> str:
        choices = tuple(QuickReply(one["label"], one["value"]) for one in reply["choices"])
        return counted(Reply(reply["text"], choices))


def _text(sent: Json) -> str:
    """Give the words of a message, or those under its file."""
    return str(sent.get("text") or sent["caption"])


@dataclass
class TelegramCitizen:
    """Writes to the bot of the office, which Telegram tells by its webhook."""

    served: Served
    telegram: FakeTelegram
    user: str
    read: list[str] = field(default_factory=list)

    @property
    def conversation(self) -> str:
        return f"telegram:{self.user}"

    async def says(self, text: str) -> str:
        return await self._sends(self.telegram.says(text, int(self.user)))

    async def chooses(self, label: str) -> str:
        offered = buttons(self._mine()[len(self.read) - 1])
        value = offered[_chosen(label, offered)][1]
        return await self._sends(self.telegram.presses(value, int(self.user)))

    async def sends_photo(self, content: bytes) -> str:
        return await self._sends(self.telegram.sends_photo(content, int(self.user)))

    async def hears(self) -> str:
        async with asyncio.timeout(PATIENCE):
            while len(self._mine()) <= len(self.read):  # noqa: ASYNC110 - as a citizen looks
                await asyncio.sleep(0.02)
        self.read.append(_text(self._mine()[len(self.read)]))
        return self.read[-1]

    async def everything(self) -> list[str]:
        return [_text(one) for one in self._mine()]

    def _mine(self) -> list[Json]:
        return [one for one in self.telegram.sent if one["chat_id"] == self.user]

    async def _sends(self, update: Json) -> str:
        self.telegram.updates.remove(update)
        body = json.dumps(update).encode()
        way = self.served().post("/webhooks/telegram", data=body, headers=HEADERS)
        async with way as answer:
            assert answer.status == 200
        return await self.hears()
