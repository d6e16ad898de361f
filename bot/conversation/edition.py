"""Keeps a conversation at the newest published snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import structlog

from bot.bell import nap
from bot.conversation.desk import Desk
from bot.conversation.opening import open_desk, published
from bot.conversation.pipeline import Conversation
from knowledge.models import Snapshot
from knowledge.ports import SnapshotStore

LOOK_EVERY: Final = 1.0
log = structlog.get_logger()


class Edition:
    """Looks whether another snapshot was published and lays out a new desk for it."""

    def __init__(
        self,
        store: SnapshotStore,
        conversation: Conversation,
        *,
        office: str,
        opened: Callable[[Snapshot], Desk] = open_desk,
        look_every: float = LOOK_EVERY,
    ) -> None:
        """Speak as ``office``, a code; empty means the first office.

        ``opened`` lays out a desk for a snapshot; ``look_every`` is in seconds.
        """
        self._look_every = look_every
        self._store = store
        self._conversation = conversation
        self._office = office
        self._opened = opened

    async def renewing(self, stopping: asyncio.Event) -> None:
        """Renew until ``stopping``; a failure leaves the edition in use and is tried again."""
        while not stopping.is_set():
            await self._guarded_renewal()
            await nap(stopping, self._look_every)

    async def _guarded_renewal(self) -> None:
        try:
            await self.renew()
        except Exception:  # answering goes on with what is known
            log.exception("renewal_failed")

    async def renew(self) -> bool:
        """Load the published snapshot when it is not the one in use; tell whether it was not."""
        if await self._store.version() == self._conversation.desk.knowledge.snapshot.version:
            return False
        snapshot = await published(self._store, self._office)
        self._conversation.desk = await asyncio.to_thread(self._opened, snapshot)
        log.info("renewed", procedures=len(snapshot.procedures), version=snapshot.version)
        return True
