"""An insert that says what to do where the row is there already; each database has its own."""

from __future__ import annotations

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_into(table: Table, dialect: Dialect) -> sqlite.Insert | postgresql.Insert:
    """Begin an insert into ``table`` that takes ``on_conflict_do_nothing`` or ``…_do_update``."""
    return sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)
