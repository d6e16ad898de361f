"""Long polling: we ask a provider for messages, store them, and only then confirm them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from bot.bell import nap
from bot.channels.errors import NotFetched
from bot.channels.port import PolledChannel
from bot.clock import Clock
from bot.intake.inbox import Inbox
from bot.storage.errors import NotStored, Unwritable

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0
# Keeps a server that answers at once from being asked without end.
BREATH: Final = 0.2
log = structlog.get_logger()


class Polling:
    """Fetches messages while it ``leads``: providers refuse two who ask at the same time."""

    def __init__(
        self, channel: PolledChannel, inbox: Inbox, clock: Clock, *, leads: Callable[[], bool]
    ) -> None:
        """Store what ``channel`` fetches into ``inbox``."""
        self._channel = channel
        self._inbox = inbox
        self._clock = clock
        self._leads = leads
        self._cursor = 0

    async def polling(self, stopping: asyncio.Event) -> None:
        """Ask again and again until ``stopping``; after a failure later and later."""
        pause = FIRST_PAUSE
        while not stopping.is_set():
            if not self._leads():
                await nap(stopping, FIRST_PAUSE)
                continue
            try:
                fetched = await self.once()
            except NotFetched as fault:
                await nap(stopping, max(pause, fault.retry_after or 0))
            except NotStored as fault:
                log.warning("fetched_but_not_stored", error=str(fault), again_in=pause)
                await nap(stopping, pause)
            else:
                pause = FIRST_PAUSE
                if not fetched:
                    await nap(stopping, BREATH)
                continue
            pause = min(pause * 2, LONGEST_PAUSE)

    async def once(self) -> int:
        """Fetch and store one batch, confirmed by the next call; give how many it held.

        Raises:
            NotFetched: the provider gave none; the channel has logged it.
            NotStored: they could not be stored and will be fetched again.
        """
        batch = await self._channel.fetch(self._cursor, self._clock)
        try:
            await self._inbox.accept(batch.messages)
        except Unwritable as fault:
            # Fetched again it would hold up everybody behind it for ever.
            log.exception("fetched_message_dropped", error=str(fault))
        await self._inbox.part(batch.left, self._clock.now())
        self._cursor = batch.cursor
        return len(batch.messages)
