"""The accounts over the database; see ``bot.channels.zalo.accounts.Accounts``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.channels.zalo.accounts import Account, AccountsClosed
from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.zalo_account_rows import account_of, every_account, stay_plain, tell_state

log = structlog.get_logger()


class SqlAccounts:
    """Implements ``Accounts``, and keeps what their pages tell."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Read and write ``database``."""
        self._database = database
        self._clock = clock

    async def find(self, oa_id: str) -> Account | None:
        """Give an account; see ``Accounts``."""
        async with self._reading() as connection:
            return await account_of(connection, oa_id)

    async def every(self) -> tuple[Account, ...]:
        """Give all; see ``Accounts``."""
        async with self._reading() as connection:
            return tuple(await every_account(connection))

    async def plain(self, oa_id: str, until: datetime) -> None:
        """Offer nothing to press till then; see ``Accounts``. Not kept, it is learnt again."""
        try:
            async with self._database.writing() as connection:
                await stay_plain(connection, oa_id, until)
        except (SQLAlchemyError, OSError) as error:
            log.warning("zalo_plainness_not_kept", error=fault_of(error))

    async def tell(self, oa_id: str, told: Mapping[str, Any]) -> None:
        """Keep what the page of an account tells; see ``Pages``."""
        try:
            async with self._database.writing() as connection:
                await tell_state(connection, oa_id, told, at=self._clock.now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("zalo_page_not_kept", error=fault_of(error))

    @asynccontextmanager
    async def _reading(self) -> AsyncIterator[AsyncConnection]:
        try:
            async with self._database.reading() as connection:
                yield connection
        except (SQLAlchemyError, OSError) as error:
            raise AccountsClosed(fault_of(error)) from error
