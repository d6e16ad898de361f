"""Transactions of another package that join one already open."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection


class Within:
    """``knowledge.repository.Transactions`` inside the caller's: it commits, or nothing does."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Read and write by ``connection``, which somebody else commits."""
        self._connection = connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give the open transaction."""
        yield self._connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give the open transaction; it is not committed here."""
        yield self._connection
