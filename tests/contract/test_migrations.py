"""The tables' steps lead where the code expects, up and down, on both databases."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from bot.storage.database import Database
from bot.storage.migrate import METADATA, migrate


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
