"""Keeps a conversation at what the offices have set and who is there to answer."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

import structlog

from bot.bell import nap
from bot.conversation.pipeline import Conversation
from bot.officials.office_entries import Stood

LOOK_EVERY: Final = 1.0
log = structlog.get_logger()


class StandingStore(Protocol):
    """Holds what the offices have set; any process may change it."""

    async def version(self) -> str:
        """Give what changes with every change; empty before the first."""
        ...

    async def load(self) -> Stood:
        """Give everything set, with the version it is at least as new as."""
        ...


class Orders:
    """Looks whether anything was set and lets the conversation go by it."""

    def __init__(
        self, store: StandingStore, conversation: Conversation, *, look_every: float = LOOK_EVERY
    ) -> None:
        """Read ``store`` for ``conversation``; ``look_every`` is in seconds."""
        self._store = store
        self._conversation = conversation
        self._look_every = look_every
        self._lock = asyncio.Lock()

    async def renewing(self, stopping: asyncio.Event) -> None:
        """Renew until ``stopping``; a failure leaves what was in force and is tried again."""
        while not stopping.is_set():
            try:
                await self.renew()
            except Exception:  # answering goes on by what was in force
                log.exception("orders_not_renewed")
            await nap(stopping, self._look_every)

    async def renew(self) -> bool:
        """Go by the newest that is set; tell whether anything was new. Safe at any time."""
        async with self._lock:
            stood = self._conversation.stood
            if stood.posts is not None and await self._store.version() == stood.version:
                return False
            self._conversation.stand(await self._store.load())
        log.info("orders_renewed")
        return True
