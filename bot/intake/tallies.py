"""Counts of accounts, kept in memory and written down now and then, never once for each call.

What comes in is counted by the door, what goes out by ``bot.channels.zalo.tally``.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.bell import nap
from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.zalo_mark_rows import Counted, add_marks

EVERY: Final = 15.0
# Accounts come from signed calls alone, yet memory is bounded by itself.
MOST: Final = 1_000
LONGEST: Final = 64
log = structlog.get_logger()


class Marks:
    """What is counted until it is written; at the end what is left is written, too."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Write into ``database``."""
        self._database = database
        self._clock = clock
        self._counts: dict[tuple[str, str], Counted] = {}

    def count(self, oa: str, mark: str) -> None:
        """Count something of an account."""
        key = (oa, mark[:LONGEST])
        if key in self._counts or len(self._counts) < MOST:
            once = Counted(count=1, last_at=self._clock.now())
            self._counts[key] = once.after(self._counts.get(key))

    async def writing(self, stopping: asyncio.Event) -> None:
        """Write what was counted, every few seconds and when it is ``stopping``."""
        while not stopping.is_set():
            await nap(stopping, EVERY)
            await self.write()

    async def write(self) -> None:
        """Write what was counted; what a database does not take now is written later."""
        counts, self._counts = self._counts, {}
        if not counts:
            return
        try:
            async with self._database.unhurried().writing() as connection:
                await add_marks(connection, counts)
        except (SQLAlchemyError, OSError) as error:
            newer, self._counts = self._counts, counts
            for key, more in newer.items():
                self._counts[key] = more.after(counts.get(key))
            log.warning("marks_not_written", error=fault_of(error))
