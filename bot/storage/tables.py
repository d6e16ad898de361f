"""The tables of the bot: what came in, what was answered, what goes out, who leads.

Times are aware UTC. No foreign key leaves this package. A row is written before anything is done
about it, so a killed process loses nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
BIG: Final = BigInteger().with_variant(Integer(), "sqlite")
# A number that was deleted is never given again: it stands in the audit, in pages that are open
# and in what was told of it. SQLite would give the last one again (sqlite.org/autoinc.html).
NEVER_AGAIN: Final[dict[str, Any]] = {"sqlite_autoincrement": True}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment; SQLite keeps it without a zone, so the zone is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC, and refuse a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time needs its zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - its shape is given
        """Give aware UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class OutboxStatus(StrEnum):
    """Where a reply stands on its way out."""

    CREATED = "created"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


inbox = Table(
    "inbox",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("external_id", String(256), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("conversation", String(180), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("masked", String(160), nullable=False, default=""),
    # JSON: what goes with the words, until they are answered (``sent_along``).
    Column("along", Text),
    # The words as typed, sealed, until they are answered (``bot.handling.typed``).
    Column("sealed", LargeBinary),
    Column("received_at", UtcDateTime, nullable=False),
    Column("claimed_until", UtcDateTime),
    Column("attempts", Integer, nullable=False, default=0),
    Column("done", Boolean, nullable=False, default=False),
    UniqueConstraint("channel", "external_id"),
    Index(None, "done", "conversation", "id"),
    Index(None, "conversation", "id"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("conversation", String(180), primary_key=True),
    Column("state", Text, nullable=False),
    Column("updated_at", UtcDateTime, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("inbox_id", BIG, primary_key=True, autoincrement=False),
    Column("conversation", String(180), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("outcome", String(24), nullable=False),
    Column("procedure", String(32), nullable=False),
    Column("aspect", String(16), nullable=False),
    Column("hits", Text, nullable=False),
    Column("took_ms", Integer, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("office", String(64), nullable=False, default="", server_default=""),
    Index(None, "outcome", "created_at"),
    Index(None, "created_at", "office", "channel", "outcome"),
    Index(None, "conversation", "inbox_id"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("inbox_id", BIG, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("conversation", String(180), nullable=False),
    Column("text", Text, nullable=False),
    Column("choices", Text, nullable=False),
    # JSON of what else goes with a reply: links, files, the page that shows all of it.
    Column("parts", Text, nullable=False, default="{}", server_default="{}"),
    Column("status", String(12), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", UtcDateTime, nullable=False),
    Column("claimed_until", UtcDateTime),
    Column("external_id", String(128), nullable=False, default=""),
    Column("error_code", String(24), nullable=False, default=""),
    Column("created_at", UtcDateTime, nullable=False),
    Column("author", String(8), nullable=False, default="bot", server_default="bot"),
    UniqueConstraint("inbox_id", "seq"),
    Index(None, "conversation", "id"),
    Index(None, "status", "channel", "not_before"),
)

unreachable = Table(
    "unreachable",
    metadata,
    Column("conversation", String(180), primary_key=True),
    Column("reason", String(24), nullable=False),
    Column("since", UtcDateTime, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(64), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

daily_turns = Table(
    "daily_turns",
    metadata,
    Column("day", String(10), primary_key=True),
    Column("channel", String(16), primary_key=True),
    Column("outcome", String(24), primary_key=True),
    Column("office", String(64), primary_key=True, server_default=""),
    Column("turns", Integer, nullable=False),
)
