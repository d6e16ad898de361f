"""The knowledge base for a command, and the office it works for."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.conversation.opening import home_office
from bot.settings import Settings
from bot.storage.opening import open_database
from knowledge.publishing import publish_shipped
from knowledge.repository import SqlSnapshotStore


@asynccontextmanager
async def open_store(
    settings: Settings, office: str
) -> AsyncIterator[tuple[SqlSnapshotStore, str]]:
    """Open the store, filled when it is new, and give the office's code: named, set, or first.

    Raises:
        UnknownOffice: no office has that code.
    """
    async with open_database(settings) as database:
        store = SqlSnapshotStore(database)
        await publish_shipped(store)
        offices = (await store.layers()).offices
        speaker = home_office(offices, office or settings.office)
        yield store, speaker.code if speaker else ""
