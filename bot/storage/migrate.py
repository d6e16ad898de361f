"""Brings the tables to this release's shape; several processes may start at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, column, inspect, select, table, text

from bot.storage import (
    broadcast_tables,
    console_tables,
    feedback_person_tables,
    feedback_tables,
    pace_tables,
    people_tables,
    plan_tables,
    zalo_tables,
)
from bot.storage.database import Database
from bot.storage.errors import Unusable
from bot.storage.tables import metadata
from knowledge.tables import metadata as knowledge_metadata

METADATA: Final = [metadata, knowledge_metadata]
# Their tables join the metadata by being read.
PARTS: Final = (
    broadcast_tables,
    console_tables,
    feedback_person_tables,
    feedback_tables,
    pace_tables,
    people_tables,
    plan_tables,
    zalo_tables,
)
SCRIPTS: Final = Path(__file__).parent / "migrations"
VERSION: Final = table("alembic_version", column("version_num"))
ADVISORY_LOCK: Final = 7_420_257_001


async def migrate(database: Database, to: str = "head") -> None:
    """Move the tables to revision ``to``; on PostgreSQL one process at a time, the others wait."""
    if to == "head" and await revision(database) == newest():
        return
    async with database.writing() as connection:
        if not database.embedded:
            await connection.execute(
                text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK}
            )
        await connection.run_sync(_move, to)


async def revision(database: Database) -> str:
    """Give the revision the tables have, empty before the first.

    Raises:
        Unusable: a newer release gave them a shape this one does not know.
    """

    def read(connection: Connection) -> str:
        if not inspect(connection).has_table(VERSION.name):
            return ""
        return connection.execute(select(VERSION)).scalar() or ""

    async with database.reading() as connection:
        found = await connection.run_sync(read)
    if found and found not in _revisions():
        raise Unusable(
            f"Dữ liệu thuộc một bản mới hơn của chương trình (dạng {found}, bản này chỉ biết đến"
            f" {newest()}). Hãy cập nhật chương trình, hoặc lấy lại bản sao lưu của dữ liệu cũ."
        )
    return found


def newest() -> str:
    """Give the revision this release expects."""
    return max(_revisions())


def _revisions() -> set[str]:
    """Give the revisions this release knows: the steps are files numbered in their order."""
    return {file.name.partition("_")[0] for file in (SCRIPTS / "versions").glob("[0-9]*.py")}


def _move(connection: Connection, to: str) -> None:
    # Loading Alembic takes a fifth of a start, and most starts find nothing to move.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    if to == "base":
        command.downgrade(config, to)
    else:
        command.upgrade(config, to)
