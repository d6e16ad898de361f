"""Copies of what is kept about somebody, made when they are fetched and stored nowhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.casework.telling import Desks
from bot.channels.uploads import ShelfClosed
from bot.clock import Clock
from bot.handling.own.composing import Composing
from bot.handling.own.page import as_page
from bot.handling.sealing import Seals
from bot.messages import CitizenAddress
from bot.storage.copy_rows import find_pass
from bot.storage.database import Database
from bot.storage.errors import Unavailable, fault_of
from bot.storage.own_rows import own_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Makes the copy of each chat for that chat alone, in the words of its office."""

    database: Database
    seals: Seals
    desks: Desks
    clock: Clock

    async def fetched(self, number: int, address: CitizenAddress) -> bytes | None:
        """Give the copy of a pass to ``address``; nothing to another, or when it has ended.

        Raises:
            Unavailable: the database cannot be asked now.
        """
        async with _reached():
            return await self._of_pass(number, address)

    async def copy(self, number: int) -> bytes | None:
        """Give the copy of a pass to the channel that brings it there; see ``Copies``."""
        try:
            async with _reached():
                return await self._of_pass(number, None)
        except Unavailable as error:
            raise ShelfClosed(str(error)) from error

    async def _of_pass(self, number: int, address: CitizenAddress | None) -> bytes | None:
        now = self.clock.now()
        async with self.database.reading() as connection:
            known = await find_pass(connection, number)
            if known is None or known.until <= now or address not in {None, known.address}:
                return None
            return await self.made(connection, known.address, known.office, now)

    async def made(
        self, connection: AsyncConnection, address: CitizenAddress, office: str, at: datetime
    ) -> bytes:
        """Make the copy of what is kept about ``address`` at a moment."""
        rows = await own_rows(connection, address, self.seals.person_digest(address))
        desk = self.desks.speaking_as(office)
        composing = Composing(seals=self.seals, desk=desk, rows=rows)
        return await asyncio.to_thread(
            lambda: as_page(composing.sections(), desk, address.channel, at)
        )


@asynccontextmanager
async def _reached() -> AsyncIterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise Unavailable(fault_of(error)) from error
