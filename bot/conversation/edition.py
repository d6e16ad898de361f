"""Keeps a conversation at the newest published snapshot."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from bot.bell import nap
from bot.conversation.opening import Opener, open_desk, told_by
from bot.conversation.pipeline import Conversation
from knowledge.layers import Layers
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
        opened: Opener = open_desk,
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
        self._lock = asyncio.Lock()
        self._layers: Layers | None = None

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

    async def layers(self) -> Layers:
        """Give everything stored, layer by layer, as the desk in use has it or newer.

        The first time they are read for it, afterwards by each renewal.
        """
        async with self._lock:
            if self._layers is None:
                self._layers = await self._store.layers()
            return self._layers

    async def renew(self) -> bool:
        """Load the published snapshot when it is not the one in use; tell whether it was not.

        Safe at any time and for several at once: who comes second finds it done.
        """
        async with self._lock:
            known = self._conversation.desk
            if await self._store.version() == known.knowledge.snapshot.version:
                return False
            self._layers = await self._store.layers()
            snapshot = await asyncio.to_thread(told_by, self._layers, self._office)
            desk = await asyncio.to_thread(self._opened, snapshot, earlier=known)
            self._conversation.desk = desk
        index = desk.knowledge.index
        log.info(
            "renewed",
            procedures=len(snapshot.procedures),
            version=snapshot.version,
            index="kept" if index is known.knowledge.index else "new",
            patched=index.amended,
        )
        return True
