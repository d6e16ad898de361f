"""On both databases: stored files are told of, and known by the ids their providers gave."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.uploads import ShelfClosed, Upload
from bot.delivery.shelf import SqlShelf
from bot.storage.database import Database, create_database
from bot.storage.file_rows import NewFile, store_file
from tests.conftest import NOON, FrozenClock

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
