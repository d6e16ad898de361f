"""The tables' steps lead where the code expects, up and down, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.storage.database import Database, create_database
from bot.storage.migrate import METADATA, SCRIPTS, migrate, newest, revision


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    everything: Any = METADATA  # Alembic takes several, its signature says one
    return list(compare_metadata(context, everything))


async def test_the_migrated_tables_are_those_of_the_code(database: Database) -> None:
    async with database.writing() as connection:
        assert await connection.run_sync(_differences) == []


async def test_down_leaves_nothing_and_up_comes_back(database: Database) -> None:
    await migrate(database, "base")
    async with database.writing() as connection:
        left = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    assert left == ["alembic_version"]
    await migrate(database)
    async with database.writing() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    await migrate(database)
    await migrate(database)


async def test_the_revision_is_told_before_and_after(database: Database) -> None:
    assert await revision(database) == newest() == ScriptDirectory(SCRIPTS).get_current_head()
    await migrate(database, "base")
    assert await revision(database) == ""
    await migrate(database)


async def test_an_untouched_database_has_no_revision(tmp_path: Path) -> None:
    empty = create_database(f"sqlite+aiosqlite:///{tmp_path / 'empty.sqlite3'}")
    assert await revision(empty) == ""
    await empty.close()
