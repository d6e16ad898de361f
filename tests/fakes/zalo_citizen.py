"""A citizen who writes to an Official Account of Zalo: words, numbers of a menu, and photos."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.channels.zalo.addresses import Follower
from tests.fakes.citizens import by_number
from tests.fakes.listening import PATIENCE
from tests.fakes.zalo import FakeZalo
from tests.fakes.zalo.citizens import Citizen
from tests.fakes.zalo.events import Event


@dataclass
class ZaloCitizen:
    """Writes to the account of the office, which Zalo tells by its webhook."""

    zalo: FakeZalo
    user: str
    read: list[str] = field(default_factory=list)

    @property
    def conversation(self) -> str:
        return Follower(self.zalo.oa.oa_id, self._me.user_id).address.conversation

    async def says(self, text: str) -> str:
        return await self._sent(await self._me.says(text))

    async def chooses(self, label: str) -> str:
        return await self.says(by_number(label, self.read[-1]))

    async def sends_photo(self, content: bytes) -> str:
        return await self._sent(await self._me.sends_image(content))

    async def hears(self) -> str:
        async with asyncio.timeout(PATIENCE):
            while len(self._me.shown) <= len(self.read):  # noqa: ASYNC110 - as one looks
                await asyncio.sleep(0.02)
        self.read.append(self._me.shown[len(self.read)].text)
        return self.read[-1]

    async def everything(self) -> list[str]:
        return [one.text for one in self._me.shown]

    @property
    def _me(self) -> Citizen:
        return self.zalo.citizen(self.user)

    async def _sent(self, event: Event) -> str:
        assert event.acknowledged
        return await self.hears()
