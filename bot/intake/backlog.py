"""How many messages wait for their answer; when it is very many, the door is shut for a while."""

from __future__ import annotations

import asyncio
from typing import Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.bell import nap
from bot.clock import Clock
from bot.metrics import Metrics
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.inbox_rows import waiting_messages

LOOK_EVERY: Final = 5.0
# Conversations: some minutes of work for one process. Who comes later had better ask again. Their
# messages do not count, for in each round every conversation has its turn.
MOST_WAITING: Final = 10_000
log = structlog.get_logger()


class Backlog:
    """Looks now and then how many wait, and since when."""

    def __init__(
        self, database: Database, clock: Clock, metrics: Metrics, *, most: int = MOST_WAITING
    ) -> None:
        """Show on ``metrics`` what waits; with ``most`` conversations it is full."""
        self._database = database
        self._clock = clock
        self._metrics = metrics
        self._most = most
        self._waiting = 0

    def full(self) -> bool:
        """Tell whether so many wait that another would wait too long."""
        return self._waiting >= self._most

    async def looking(self, stopping: asyncio.Event) -> None:
        """Look until ``stopping``; a database out of reach is looked for again."""
        while not stopping.is_set():
            try:
                await self.look()
            except (SQLAlchemyError, OSError) as error:
                log.warning("backlog_not_counted", error=fault_of(error))
            await nap(stopping, LOOK_EVERY)

    async def look(self) -> None:
        """Count what waits."""
        async with self._database.reading() as connection:
            found = await waiting_messages(connection)
        if found.conversations >= self._most > self._waiting:
            log.error("too_many_waiting", conversations=found.conversations)
        self._waiting = found.conversations
        age = (self._clock.now() - found.oldest).total_seconds() if found.oldest else 0.0
        self._metrics.waiting.set(found.messages)
        self._metrics.oldest_waiting.set(max(age, 0.0))
