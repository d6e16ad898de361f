"""The tables' steps lead where the code expects, up and down, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, select

from bot.officials.publishing_rights import publishing_action
from bot.storage.change_rows import change_of
from bot.storage.console_tables import changes
from bot.storage.database import Database, create_database
from bot.storage.migrate import METADATA, SCRIPTS, migrate, newest, revision
from tests.conftest import NOON


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


async def test_changes_made_before_say_what_their_approval_needs(database: Database) -> None:
    await migrate(database, "base")
    await migrate(database, "0006")
    told = (
        ("procedure", "1", '{"fee":1}', "knowledge_publish"),
        ("guide", "g", '{"gone":true}', "knowledge_publish"),
        ("hotline", "1022", '{"name":"a"}', "contacts_publish"),
        ("office", "xa", '{"phone":"1"}', "contacts_publish"),
        ("office", "xa", '{"phone":"1","sample":false}', "offices_manage"),
        ("setting", "day:2026-11-24", '{"name":"a"}', "contacts_publish"),
        ("setting", "wording:greeting", '{"text":"a"}', "wording_change"),
    )
    async with database.writing() as connection:
        for kind, ref, after, _ in told:
            row = {"kind": kind, "ref": ref, "after": after, "at": NOON.isoformat()}
            await connection.exec_driver_sql(_written(row))
    await migrate(database)
    async with database.reading() as connection:
        rows = (await connection.execute(select(changes).order_by(changes.c.id))).all()
    assert [row.needs for row in rows] == [needs for *_, needs in told]
    for one in map(change_of, rows):
        assert one.needs is publishing_action(one.kind, one.ref, one.fields)


def _written(row: dict[str, str]) -> str:
    return (
        "INSERT INTO changes (kind, office, ref, title, before, after, token, reason, status,"
        " made_at, decision, valid_from, valid_until)"
        " VALUES ('{kind}', 'xa', '{ref}', '', '{{}}', '{after}', '', '', 'waiting', '{at}',"
        " '', '', '')"
    ).format(**row)
