"""The purses of messages on Zalo over the database; see ``bot.channels.zalo.purses.Purses``."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.addresses import Follower
from bot.channels.zalo.purses import PursesClosed, Told
from bot.channels.zalo.window import Opening, Policy
from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.zalo_purse_rows import (
    begin_message,
    believe,
    note_emptied,
    note_unreached,
    purse_of,
    take_message_back,
)


class SqlPurses:
    """Implements ``Purses``."""

    def __init__(self, database: Database, policy: Policy, clock: Clock) -> None:
        """Go by the office's ``policy``."""
        self._database = database
        self._policy = policy
        self._clock = clock

    async def look(self, to: Follower) -> Opening:
        """Tell what the next message would be taken from; see ``Purses``."""
        async with self._writing() as connection:
            return await purse_of(connection, to, self._policy, self._clock.now())

    async def begin(self, to: Follower) -> Opening:
        """Count a message; see ``Purses``."""
        async with self._writing() as connection:
            return await begin_message(connection, to, self._policy, self._clock.now())

    async def take_back(self, to: Follower, begun: Opening) -> None:
        """Count it no more; see ``Purses``."""
        async with self._writing() as connection:
            await take_message_back(connection, to, begun)

    async def told(self, to: Follower, told: Told) -> None:
        """Believe Zalo; see ``Purses``."""
        async with self._writing() as connection:
            await believe(connection, to, told, self._policy, self._clock.now())

    async def emptied(self, oa: str, begun: Opening, *, money: bool) -> None:
        """Note an empty purse; see ``Purses``."""
        async with self._writing() as connection:
            now = self._clock.now()
            await note_emptied(connection, oa, begun.purse, now, money=money)

    async def unreached(self, to: Follower, state: str, *, since: datetime | None = None) -> None:
        """Note why nothing reaches somebody; see ``Purses``."""
        async with self._writing() as connection:
            await note_unreached(connection, to, state, self._clock.now(), since=since)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.writing() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise PursesClosed(fault_of(error)) from error
