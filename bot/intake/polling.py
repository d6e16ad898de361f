"""Long polling: we ask Telegram for messages, store them, and only then confirm them."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from telegram.error import TelegramError

from bot.channels.telegram import TelegramChannel
from bot.clock import Clock
from bot.intake.inbox import Inbox
from bot.storage.errors import NotStored

KINDS: Final = ("message", "callback_query")
ASK_SECONDS: Final = 25
LONGEST_PAUSE: Final = 60.0
log = structlog.get_logger()


class Polling:
    """Fetches updates until stopped; an unreachable Telegram is logged and asked again later."""

    def __init__(self, channel: TelegramChannel, inbox: Inbox, clock: Clock) -> None:
        """Store what ``channel`` reads into ``inbox``."""
        self._channel = channel
        self._inbox = inbox
        self._clock = clock
        self._offset = 0

    async def polling(self, stopping: asyncio.Event) -> None:
        """Ask again and again until ``stopping``."""
        pause = 1.0
        while not stopping.is_set():
            try:
                await self.once()
                pause = 1.0
            except (TelegramError, NotStored) as error:
                log.warning("polling_failed", error=type(error).__name__, again_in=pause)
                await _nap(stopping, pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def once(self) -> int:
        """Fetch and store one batch; the next call confirms it to Telegram."""
        updates = await self._channel.bot.get_updates(
            offset=self._offset, timeout=ASK_SECONDS, allowed_updates=list(KINDS)
        )
        now = self._clock.now()
        messages = [
            message
            for update in updates
            for message in self._channel.read(update, received_at=now)
        ]
        await self._inbox.accept(messages)
        if updates:
            self._offset = updates[-1].update_id + 1
        return len(updates)


async def _nap(stopping: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return
