"""Counts of accounts, kept in memory and written down now and then, never once for each call."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.bell import nap
from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.zalo_mark_rows import add_marks

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
        self._counts: Counter[tuple[str, str]] = Counter()

    def count(self, oa: str, mark: str) -> None:
        """Count something of an account."""
        key = (oa, mark[:LONGEST])
        if key in self._counts or len(self._counts) < MOST:
            self._counts[key] += 1

    async def writing(self, stopping: asyncio.Event) -> None:
        """Write what was counted, every few seconds and when it is ``stopping``."""
        while not stopping.is_set():
            await nap(stopping, EVERY)
            await self.write()

    async def write(self) -> None:
        """Write what was counted; what a database does not take now is written later."""
        counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            async with self._database.unhurried().writing() as connection:
                await add_marks(connection, counts, self._clock.now())
        except (SQLAlchemyError, OSError) as error:
            self._counts += counts
            log.warning("marks_not_written", error=fault_of(error))
