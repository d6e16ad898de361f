"""The disk is full: nothing is half stored, and the log, ``/readyz`` and a start say why."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import event, text
from structlog.testing import capture_logs

from bot.bell import Bell
from bot.intake.inbox import Inbox
from bot.metrics import Metrics
from bot.settings import Settings
from bot.storage.database import Database, create_database
from bot.storage.errors import NotStored, Unusable
from bot.storage.migrate import migrate
from bot.storage.opening import told
from tests.factories import a_message


@pytest.fixture
async def full(tmp_path: Path) -> AsyncIterator[Database]:
    """A database whose file may not grow, as on a full disk."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'hanhchinh.sqlite3'}"
    roomy = create_database(url)
    await migrate(roomy)
    await roomy.close()
    database = create_database(url)

    def no_more_pages(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute("PRAGMA max_page_count = 1")
        cursor.close()

    event.listen(database.engine.sync_engine, "connect", no_more_pages)
    yield database
    await database.close()


async def _make_room(database: Database) -> None:
    async with database.engine.connect() as connection:
        await connection.execute(text("PRAGMA max_page_count = 100000"))


async def test_a_full_disk_is_named_until_something_is_stored_again(full: Database) -> None:
    inbox = Inbox(full, Bell(), Metrics.on(CollectorRegistry()))
    writing = asyncio.create_task(inbox.writing())
    many = [a_message("khai sinh " * 200, external_id=str(number)) for number in range(100)]
    with capture_logs() as logged, pytest.raises(NotStored, match="disk_full"):
        await inbox.accept(many)
    assert {line["error"] for line in logged if line["event"] == "not_stored"} == {"disk_full"}
    assert inbox.fault == "disk_full"
    await _make_room(full)
    await inbox.accept([a_message("chào", external_id="later")])
    assert inbox.fault == ""
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)


async def test_a_start_on_a_full_disk_says_what_to_do(full: Database) -> None:
    with pytest.raises(Unusable, match="đã đầy nên không ghi được"), told(Settings()):
        async with full.writing() as connection:
            # More than the migrations left free in the file.
            await connection.execute(text("CREATE TABLE more AS SELECT zeroblob(10000000)"))
