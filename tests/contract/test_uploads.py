"""On both databases: stored files are told of, and known by the ids their providers gave."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.uploads import ShelfClosed, Upload, Uploads
from bot.delivery.shelf import SqlShelf
from bot.storage.database import Database, create_database
from bot.storage.file_rows import NewFile, store_file
from tests.conftest import NOON, FrozenClock
from tests.fakes.shelf import PaperCopies

PHOTO = Upload(bot="telegram:1", kind="photo", digest="a" * 64)


async def test_an_id_is_kept_for_its_bot_and_way_alone_until_it_is_lost(
    database: Database, clock: FrozenClock
) -> None:
    shelf = SqlShelf(database, clock)
    assert await shelf.known(PHOTO) == ""
    await shelf.remember(PHOTO, "first")
    await shelf.remember(PHOTO, "second")
    assert await SqlShelf(database, clock).known(PHOTO) == "second"
    for other in (replace(PHOTO, bot="telegram:2"), replace(PHOTO, kind="document")):
        assert await shelf.known(other) == ""
    await shelf.forget(PHOTO, "first")
    assert await shelf.known(PHOTO) == "second"
    await shelf.forget(PHOTO, "second")
    assert await shelf.known(PHOTO) == ""


async def test_an_id_that_does_not_last_is_forgotten_in_memory_too(
    database: Database, clock: FrozenClock
) -> None:
    passing = replace(PHOTO, lasts=timedelta(days=6).total_seconds())
    shelf = SqlShelf(database, clock)
    uploads = Uploads(shelf, PaperCopies(), PaperCopies(), now=lambda: clock.now().timestamp())
    await uploads.remember(passing, "first")
    clock.move(timedelta(days=5, hours=23))
    async with uploads.known(passing) as known:
        assert known == "first"
    clock.move(timedelta(hours=1, minutes=1))
    assert await shelf.known(PHOTO) == "first"
    async with uploads.known(passing) as known:
        assert known == ""
        await uploads.remember(passing, "second")
    async with uploads.known(passing) as known:
        assert known == "second"


async def test_files_are_told_of_and_given(database: Database, clock: FrozenClock) -> None:
    new = NewFile(office="xa", name="a.pdf", media="application/pdf", content=b"%PDF")
    async with database.writing() as connection:
        number = await store_file(connection, new, at=NOON, by=None)
    shelf = SqlShelf(database, clock)
    for _ in range(2):
        assert {one.name for one in (await shelf.heads([number, 10**9])).values()} == {"a.pdf"}
    assert await shelf.content(number) == b"%PDF"
    assert await shelf.content(10**9) is None


async def test_a_shelf_out_of_reach_is_closed_and_what_it_cannot_keep_matters_to_nobody(
    tmp_path: Path, clock: FrozenClock
) -> None:
    database = create_database(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite3'}")
    shelf = SqlShelf(database, clock)
    for asked in (shelf.known(PHOTO), shelf.content(1), shelf.heads([1])):
        with pytest.raises(ShelfClosed):
            await asked
    await shelf.remember(PHOTO, "first")
    await shelf.forget(PHOTO, "first")
    await database.close()
