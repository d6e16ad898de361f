"""The stored files of news over the database, for the channels that bring them to providers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.channels.uploads import ShelfClosed, Upload
from bot.clock import Clock
from bot.storage.database import Database
from bot.storage.errors import fault_of
from bot.storage.file_rows import FileHead, file_content, file_heads
from bot.storage.upload_rows import drop_upload, keep_upload, known_upload

log = structlog.get_logger()


class SqlShelf:
    """Implements ``bot.channels.uploads.Shelf``; tells of files too, each looked up once."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Keep files and ids in ``database``."""
        self._database = database
        self._clock = clock
        self._heads: dict[int, FileHead] = {}

    async def heads(self, files: Collection[int]) -> Mapping[int, FileHead]:
        """Tell of stored files by id; what is stored never changes.

        Raises:
            ShelfClosed: it cannot be told now.
        """
        missing = set(files) - self._heads.keys()
        if missing:
            async with _reached(), self._database.reading() as connection:
                self._heads.update(await file_heads(connection, missing))
        return {one: self._heads[one] for one in files if one in self._heads}

    async def content(self, file: int) -> bytes | None:
        """Give what is in a stored file; see ``Shelf``."""
        async with _reached(), self._database.reading() as connection:
            return await file_content(connection, file)

    async def known(self, upload: Upload) -> str:
        """Give the provider's id of a file; see ``Shelf``."""
        async with _reached(), self._database.reading() as connection:
            return await known_upload(connection, upload, self._clock.now())

    async def remember(self, upload: Upload, known_as: str) -> None:
        """Keep the provider's id of a file; see ``Shelf``."""
        try:
            async with self._database.writing() as connection:
                await keep_upload(connection, upload, known_as, at=self._clock.now())
        except (SQLAlchemyError, OSError) as error:
            log.warning("upload_not_remembered", error=fault_of(error))

    async def forget(self, upload: Upload, known_as: str) -> None:
        """Drop an id; see ``Shelf``."""
        try:
            async with self._database.writing() as connection:
                await drop_upload(connection, upload, known_as)
        except (SQLAlchemyError, OSError) as error:
            log.warning("upload_not_forgotten", error=fault_of(error))


@asynccontextmanager
async def _reached() -> AsyncIterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise ShelfClosed(fault_of(error)) from error
