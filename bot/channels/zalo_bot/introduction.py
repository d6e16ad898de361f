"""Tells the Bot Platform where we listen, until it has heard."""

from __future__ import annotations

import asyncio
from typing import Final

from bot.bell import nap
from bot.channels.line import Line
from bot.channels.shapes import part, word
from bot.channels.zalo_bot.client import BotClient
from bot.channels.zalo_bot.faults import BotFault, BotRefused, asked

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
NOT_VERIFIED: Final = 400


class Introduction:
    """Sets the webhook, or takes it away where we ask ourselves: with one there is no asking."""

    def __init__(self, *, webhook: str = "", secret: str = "") -> None:
        """Have updates pushed to ``webhook`` with ``secret``; an empty one means polling."""
        self.webhook = webhook
        self.secret = secret

    async def introducing(self, client: BotClient, line: Line, stopping: asyncio.Event) -> None:
        """Say it, as often as it takes, until ``stopping``."""
        pause = FIRST_PAUSE
        while not stopping.is_set():
            try:
                await self._listen(client)
            except BotFault as error:
                fault = asked(error)
                line.fails(fault.code, fault.detail)
                await nap(stopping, pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            else:
                line.works()
                return

    async def _listen(self, client: BotClient) -> None:
        if not self.webhook:
            await client.call("deleteWebhook")
            return
        wish = {"url": self.webhook, "secret_token": self.secret}
        told = await client.call("setWebhook", wish)
        # They may look at once whether somebody answers there.
        looked = part(told, "verification") if isinstance(told, dict) else {}
        if looked.get("ok") is False:
            raise BotRefused(NOT_VERIFIED, word(looked, "outcome"))
