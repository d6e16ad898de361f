"""The tables of the knowledge package: shipped content, the portal's records, offices' edits.

Records stand as JSON of ``knowledge.encoding``. Moments are UTC.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

metadata: Final = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"}
)
_BIG: Final = BigInteger().with_variant(Integer(), "sqlite")

knowledge_state = Table(
    "knowledge_state",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

knowledge_content = Table(
    "knowledge_content",
    metadata,
    Column("kind", String(16), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
)

portal_procedures = Table(
    "portal_procedures",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("portal_id", String(64), nullable=False),
    Column("body", Text, nullable=False),
    Column("stamp", String(64), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("first_seen", DateTime(timezone=True), nullable=False),
    Column("changed_at", DateTime(timezone=True), nullable=False),
    Column("withdrawn_at", DateTime(timezone=True)),
    Column("detail_stamp", String(64), nullable=False),
    Column("detail_at", DateTime(timezone=True)),
    Column("detail_failed_at", DateTime(timezone=True)),
)

portal_changes = Table(
    "portal_changes",
    metadata,
    Column("id", _BIG, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("code", String(32), nullable=False),
    Column("name", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Index(None, "at"),
    Index(None, "code"),
)

office_edits = Table(
    "office_edits",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("code", String(32), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("edited_at", DateTime(timezone=True), nullable=False),
)

# What offices say otherwise about guides, hotlines and offices.
record_edits = Table(
    "record_edits",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("ref", String(180), primary_key=True),
    Column("fields", Text, nullable=False),
    Column("edited_at", DateTime(timezone=True), nullable=False),
)

# Of edits of either table; ``code`` is the procedure's, or the ``ref`` of another record.
office_edit_changes = Table(
    "office_edit_changes",
    metadata,
    Column("id", _BIG, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("office", String(64), nullable=False),
    Column("kind", String(16), nullable=False, server_default="procedure"),
    Column("code", String(180), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Index(None, "office", "code"),
)
