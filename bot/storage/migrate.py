"""Brings the tables to this release's shape; several processes may start at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from bot.storage.database import Database
from bot.storage.tables import metadata
from knowledge.tables import metadata as knowledge_metadata

METADATA: Final = [metadata, knowledge_metadata]
SCRIPTS: Final = Path(__file__).parent / "migrations"
ADVISORY_LOCK: Final = 7_420_257_001


async def migrate(database: Database, revision: str = "head") -> None:
    """Move the tables to ``revision``; on PostgreSQL one process at a time, the others wait."""
    async with database.writing() as connection:
        if not database.embedded:
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK}
            )
        await connection.run_sync(_move, revision)


async def revision(database: Database) -> str:
    """Give the revision the tables have, empty before the first."""

    def read(connection: Connection) -> str:
        return MigrationContext.configure(connection).get_current_revision() or ""

    async with database.writing() as connection:
        return await connection.run_sync(read)


def newest() -> str:
    """Give the revision this release expects."""
    return ScriptDirectory.from_config(configuration()).get_current_head() or ""


def _move(connection: Connection, revision: str) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    if revision == "base":
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)


def configuration() -> Config:
    """Give Alembic's settings; they stand here alone, so that no file can disagree."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config
