"""The tables of news: texts, schedules, the ledger, subscribers; drawn in docs/broadcasts.md.

An ``office`` is the code of the office a row belongs to. What was submitted once is frozen in its
version; what was sent, to whom and with which ending, stands in ``deliveries``, the ledger.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from bot.storage.tables import BIG, NEVER_AGAIN, UtcDateTime, metadata

files = Table(
    "files",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("name", String(200), nullable=False),
    Column("media", String(80), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", BIG),
    Index(None, "digest", "office"),
)

# Under which id a provider knows a file, for each bot: what was brought once is sent by its id.
uploads = Table(
    "uploads",
    metadata,
    Column("bot", String(64), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("digest", String(64), primary_key=True),
    # Of a document: a provider keeps it with the file.
    Column("name", String(200), primary_key=True),
    Column("known_as", String(300), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

broadcasts = Table(
    "broadcasts",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("kind", String(24), nullable=False),
    Column("title", String(300), nullable=False),
    Column("status", String(12), nullable=False),
    # The version that stands now; one that was submitted is never written again.
    Column("version", Integer, nullable=False),
    Column("urgent", Boolean, nullable=False, default=False),
    Column("author", BIG),
    Column("entry", BIG),
    Column("slot", BIG),
    Column("made_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "office", "status", "id"),
    Index(None, "slot"),
)

broadcast_versions = Table(
    "broadcast_versions",
    metadata,
    Column("broadcast", BIG, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("title", String(300), nullable=False),
    Column("body", Text, nullable=False),
    # JSON: buttons [[label, address]], picture and files (ids of ``files``), variables.
    Column("parts", Text, nullable=False, default="{}"),
    # JSON of ``broadcasts.audience.Audience``.
    Column("audience", Text, nullable=False),
    # Of what is read, folded: the same text is noticed for 48 hours.
    Column("digest", String(64), nullable=False),
    Column("author", BIG),
    Column("made_at", UtcDateTime, nullable=False),
    Column("frozen_at", UtcDateTime),
    Index(None, "digest"),
)

# Who did what on the way to approval; what an officer reads as the history of a broadcast.
broadcast_steps = Table(
    "broadcast_steps",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("broadcast", BIG, nullable=False),
    Column("version", Integer, nullable=False),
    Column("step", String(16), nullable=False),
    Column("officer", BIG),
    Column("at", UtcDateTime, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Index(None, "broadcast", "id"),
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("broadcast", BIG, nullable=False),
    Column("version", Integer, nullable=False),
    Column("starts_at", UtcDateTime, nullable=False),
    # RFC 5545, in Việt Nam's time; empty for once.
    Column("rrule", String(300), nullable=False, default=""),
    # Past so many minutes after its time an occurrence is missed, and a person is asked.
    Column("grace_minutes", Integer, nullable=False),
    # What becomes of it on a day nobody works: empty (nothing), ``skip`` or ``next``.
    Column("off_days", String(8), nullable=False, default=""),
    Column("status", String(12), nullable=False),
    Column("next_due_at", UtcDateTime),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", BIG),
    Index(None, "status", "next_due_at"),
    Index(None, "broadcast"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("schedule", BIG, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("broadcast", BIG, nullable=False),
    Column("version", Integer, nullable=False),
    Column("office", String(64), nullable=False),
    Column("urgent", Boolean, nullable=False, default=False),
    Column("status", String(12), nullable=False),
    # Why it rests: an officer's word or the program's reason.
    Column("reason", String(24), nullable=False, default=""),
    Column("total", Integer, nullable=False, default=0),
    Column("began_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    # What of an officer's word is still to be done with its rows, and when it was said.
    Column("asked", String(64), nullable=False, default="", server_default=""),
    Column("asked_at", UtcDateTime),
    UniqueConstraint("schedule", "due_at"),
    Index(None, "status", "id"),
    Index(None, "broadcast", "id"),
)

# The ledger: one row per person and route of a run, there before anything is sent.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("run", BIG, nullable=False),
    Column("route", String(16), nullable=False),
    Column("subscriber", BIG, nullable=False),
    Column("address", String(160), nullable=False),
    Column("status", String(12), nullable=False),
    Column("code", String(24), nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("not_before", UtcDateTime, nullable=False),
    # Who took it and until when; what was taken but not begun may be taken by another.
    Column("claimed_by", String(64), nullable=False, default=""),
    Column("claimed_until", UtcDateTime),
    Column("external_id", String(128), nullable=False, default=""),
    Column("ended_at", UtcDateTime),
    # The provider's later word, where it gives one.
    Column("received_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    UniqueConstraint("run", "route", "subscriber"),
    Index(None, "run", "status", "route", "id"),
    Index(None, "status", "route", "not_before"),
    Index(None, "subscriber", "id"),
    Index(
        "ix_deliveries_external_id",
        "external_id",
        postgresql_where=text("external_id <> ''"),
        sqlite_where=text("external_id <> ''"),
    ),
)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("channel", String(16), nullable=False),
    Column("address", String(160), nullable=False),
    Column("office", String(64), nullable=False),
    Column("kind", String(12), nullable=False),
    # Who is known to stand behind several addresses has one name here: told once.
    Column("person", String(180), nullable=False),
    Column("status", String(12), nullable=False),
    # How they agreed, in which words and when (research: consent is shown, never supposed).
    Column("consent", String(12), nullable=False),
    Column("agreed_at", UtcDateTime, nullable=False),
    # Of the sentences agreed to: they may change later.
    Column("words", String(64), nullable=False, default="", server_default=""),
    Column("changed_at", UtcDateTime, nullable=False),
    # When they last wrote: the windows of some routes go by it.
    Column("seen_at", UtcDateTime),
    UniqueConstraint("channel", "address"),
    Index(None, "office", "status", "kind"),
    Index(None, "person"),
    **NEVER_AGAIN,
)

subscriber_topics = Table(
    "subscriber_topics",
    metadata,
    Column("subscriber", BIG, primary_key=True, autoincrement=False),
    Column("topic", String(24), primary_key=True),
    Index(None, "topic", "subscriber"),
)

# The same news for everybody to read: the public page and its feed.
posts = Table(
    "posts",
    metadata,
    Column("broadcast", BIG, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("office", String(64), nullable=False),
    Column("posted_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("taken_down_at", UtcDateTime),
    Index(None, "office", "posted_at"),
    Index(None, "posted_at"),
)

# The same news for the loudspeakers: when it is to be read, and that it was.
readings = Table(
    "readings",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("broadcast", BIG, nullable=False),
    Column("version", Integer, nullable=False),
    Column("office", String(64), nullable=False),
    Column("station", String(200), nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("read_at", UtcDateTime),
    Column("read_by", BIG),
    Column("note", Text, nullable=False, default=""),
    Column("made_at", UtcDateTime),
    Column("made_by", BIG),
    # What its tick added to the plan's slot, and whether the slot was done by it.
    Column("evidence", BIG),
    Column("ended_slot", Boolean, nullable=False, default=False, server_default=false()),
    Index(None, "broadcast"),
    Index(None, "office", "due_at"),
    Index(None, "broadcast", "station", "due_at", unique=True),
)
