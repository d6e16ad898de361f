"""Rings the bell for what other processes answered; one look for all who listen."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.bell import Bell, answered, nap
from bot.storage.database import Database
from bot.storage.tables import outbox

LOOK_EVERY: Final = 0.4
# A transaction that began earlier may commit later: look at the rows behind the newest again.
LOOK_BACK: Final = 500
log = structlog.get_logger()


class Lookout:
    """Watches the outbox that several processes share."""

    def __init__(self, database: Database, bell: Bell) -> None:
        """Watch ``database`` and wake by ``bell``."""
        self._database = database
        self._bell = bell
        self._rung: set[int] = set()
        self._newest = 0

    async def watching(self, stopping: asyncio.Event) -> None:
        """Look until ``stopping``; a database out of reach is looked for again."""
        while not stopping.is_set():
            await self._guarded_look()
            await nap(stopping, LOOK_EVERY)

    async def _guarded_look(self) -> None:
        try:
            await self.look()
        except (SQLAlchemyError, OSError) as error:
            log.warning("lookout_failed", error=type(error).__name__)

    async def look(self) -> None:
        """Ring for every reply not rung for yet; those long stored are left out."""
        async with self._database.reading() as connection:
            if not self._newest:
                newest = await connection.execute(select(func.max(outbox.c.id)))
                self._newest = max(newest.scalar() or 0, 1)
            rows = await connection.execute(
                select(outbox.c.id, outbox.c.inbox_id, outbox.c.conversation)
                .where(outbox.c.id > self._newest - LOOK_BACK)
                .order_by(outbox.c.id)
            )
            found = rows.all()
        for row in found:
            if row.id not in self._rung:
                self._bell.ring(answered(row.inbox_id))
                self._bell.ring(row.conversation)
        self._rung = {row.id for row in found}
        self._newest = max([self._newest, *self._rung])
