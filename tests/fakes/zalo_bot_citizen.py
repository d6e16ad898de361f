"""A citizen who writes to a bot of the Zalo Bot Platform: words, numbers of a menu, and photos."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

from tests.fakes.citizens import Served, by_number
from tests.fakes.listening import PATIENCE
from tests.fakes.zalo_bot import FakeZaloBot, Json
from tests.fakes.zalo_bot_sides import HEADERS


@dataclass
class ZaloBotCitizen:
    """Writes to the bot of the office, which Zalo tells by its webhook."""

    served: Served
    zalo: FakeZaloBot
    user: str
    read: list[str] = field(default_factory=list)

    @property
    def conversation(self) -> str:
        return f"zalo_bot:{self.user}"

    async def says(self, text: str) -> str:
        return await self._sends(self.zalo.says(text, self.user))

    async def chooses(self, label: str) -> str:
        return await self.says(by_number(label, self.read[-1]))

    async def sends_photo(self, content: bytes) -> str:
        return await self._sends(self.zalo.sends_photo(content, self.user))

    async def hears(self) -> str:
        async with asyncio.timeout(PATIENCE):
            while len(await self.everything()) <= len(self.read):  # noqa: ASYNC110 - as one looks
                await asyncio.sleep(0.02)
        self.read.append((await self.everything())[len(self.read)])
        return self.read[-1]

    async def everything(self) -> list[str]:
        return [str(one["text"]) for one in self.zalo.sent if one["chat_id"] == self.user]

    async def _sends(self, update: Json) -> str:
        self.zalo.updates.remove(update)
        body = json.dumps({"ok": True, "result": update}).encode()
        way = self.served().post("/webhooks/zalo_bot", data=body, headers=HEADERS)
        async with way as answer:
            assert answer.status == 200
        return await self.hears()
