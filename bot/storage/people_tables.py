"""The tables of officers: who they are, what they may do where, how they come in.

Tokens are kept as SHA-256 only, passwords as Argon2id. Officers are switched off, never deleted.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables import BIG, UtcDateTime, metadata

officers = Table(
    "officers",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("login", String(64), nullable=False),
    Column("name", String(120), nullable=False),
    Column("title", String(120), nullable=False, default=""),
    Column("office", String(64), nullable=False),
    Column("password_hash", Text, nullable=False, default=""),
    Column("totp_secret", String(255), nullable=False, default=""),
    # The last step of the clock whose code was used: no code is taken twice.
    Column("totp_step", BIG, nullable=False, default=0),
    Column("recovery", Text, nullable=False, default=""),
    Column("active", Boolean, nullable=False, default=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", BIG),
    Column("off_at", UtcDateTime),
    Column("password_at", UtcDateTime),
    Column("signed_in_at", UtcDateTime),
    UniqueConstraint("login"),
    Index(None, "office", "active"),
)

grants = Table(
    "grants",
    metadata,
    Column("officer", BIG, primary_key=True, autoincrement=False),
    Column("role", String(16), primary_key=True),
    Column("office", String(64), primary_key=True),
    Column("granted_at", UtcDateTime, nullable=False),
    Column("granted_by", BIG),
    Index(None, "office", "role"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    # The public name in lists: random, so that nobody counts others'.
    Column("id", BIG, nullable=False),
    Column("officer", BIG, nullable=False),
    Column("stage", String(8), nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Column("address", String(64), nullable=False, default=""),
    Column("agent", String(160), nullable=False, default=""),
    Column("sure_at", UtcDateTime),
    UniqueConstraint("id"),
    Index(None, "officer", "until"),
    Index(None, "until"),
)

links = Table(
    "links",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("officer", BIG, nullable=False),
    Column("purpose", String(8), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", BIG),
    Column("until", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index(None, "officer"),
)

throttles = Table(
    "throttles",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("blocked_until", UtcDateTime),
    Column("last_at", UtcDateTime, nullable=False),
    Index(None, "last_at"),
)

devices = Table(
    "devices",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("officer", BIG, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Index(None, "officer"),
)

# Forms sent: a second press of the same button does nothing more.
once = Table(
    "once",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "at"),
)
