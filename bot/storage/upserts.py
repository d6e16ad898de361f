"""An insert that says what to do where the row is there already; each database has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlalchemy import Dialect, Table
from sqlalchemy.dialects import postgresql, sqlite

T = TypeVar("T")
Upsert = sqlite.Insert | postgresql.Insert


def insert_into(table: Table, dialect: Dialect) -> Upsert:
    """Begin an insert into ``table`` that takes ``on_conflict_do_nothing`` or ``…_do_update``."""
    return sqlite.insert(table) if dialect.name == "sqlite" else postgresql.insert(table)


def in_each(table: Table, made: Callable[[Upsert], T]) -> Mapping[str, T]:
    """Give what is ``made`` of an insert once, by the name of each kind of database."""
    return {"sqlite": made(sqlite.insert(table)), "postgresql": made(postgresql.insert(table))}
