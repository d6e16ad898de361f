"""The log of a line's calls over the database; see ``bot.channels.zalo.calls.CallLog``."""

from __future__ import annotations

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.zalo.calls import LogClosed, Taken
from bot.clock import Clock
from bot.messages import Priority
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.zalo_call_rows import give_call_back, hush_line, learn_limit, take_call

log = structlog.get_logger()


class SqlCallLog:
    """Implements ``CallLog``; each call is one transaction."""

    def __init__(self, database: Database, line: str, clock: Clock) -> None:
        """Keep the calls of ``line`` in ``database``, of which an embedded one needs ``clock``."""
        self._database = database
        self._line = line
        self._clock = clock

    async def take(self, priority: Priority, most: int) -> Taken:
        """Take a turn; see ``CallLog``."""
        try:
            async with self._database.writing() as connection:
                now = self._clock.now()
                return await take_call(connection, self._line, priority, most=most, now=now)
        except (SQLAlchemyError, OSError) as error:
            log.warning("pace_not_known", line=self._line, error=fault_of(error))
            raise LogClosed from error

    async def give_back(self, number: int) -> None:
        """Give a turn back; see ``CallLog``."""
        try:
            async with self._database.writing() as connection:
                await give_call_back(connection, number)
        except (SQLAlchemyError, OSError) as error:
            log.warning("turn_not_given_back", line=self._line, error=fault_of(error))

    async def hush(self, seconds: float, most: int) -> None:
        """Be silent; see ``CallLog``."""
        now = self._clock.now()
        try:
            async with self._database.writing() as connection:
                await hush_line(connection, self._line, seconds=seconds, most=most, now=now)
        except (SQLAlchemyError, OSError) as error:
            log.warning("silence_not_shared", line=self._line, error=fault_of(error))

    async def learn(self, most: int) -> None:
        """Keep to a limit; see ``CallLog``."""
        try:
            async with self._database.writing() as connection:
                await learn_limit(connection, self._line, most=most, now=self._clock.now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("limit_not_shared", line=self._line, error=fault_of(error))
