"""The tables of the officers' work: changes, settings, questions kept, talks taken, the audit.

An ``office`` is the code of the office a row belongs to; the empty one stands for all of them.
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
)

from bot.storage.tables import BIG, UtcDateTime, metadata

changes = Table(
    "changes",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("office", String(64), nullable=False),
    Column("ref", String(180), nullable=False),
    Column("title", String(300), nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("token", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("author", BIG),
    Column("made_at", UtcDateTime, nullable=False),
    Column("decided_at", UtcDateTime),
    Column("decided_by", BIG),
    Column("decision", Text, nullable=False, default=""),
    Column("valid_from", String(10), nullable=False, default=""),
    Column("valid_until", String(10), nullable=False, default=""),
    Column("undoes", BIG),
    Column("batch", BIG),
    Column("needs", String(24), nullable=False),
    Column("clashing", Text, nullable=False, default=""),
    Index(None, "office", "status", "id"),
    Index(None, "kind", "office", "ref", "id"),
    Index(None, "status", "valid_from"),
    Index(None, "batch"),
)

standing = Table(
    "standing",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("key", String(80), primary_key=True),
    Column("value", Text, nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Column("change", BIG),
)

standing_state = Table(
    "standing_state",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("value", String(64), nullable=False),
)

trial_guests = Table(
    "trial_guests",
    metadata,
    Column("conversation", String(180), primary_key=True),
    Column("office", String(64), nullable=False),
    Column("label", String(80), nullable=False, default=""),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", BIG),
)

question_groups = Table(
    "question_groups",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("shape", Text, nullable=False),
    Column("shape_key", String(64), nullable=False),
    Column("sample", Text, nullable=False),
    Column("near", String(32), nullable=False, default=""),
    Column("status", String(12), nullable=False),
    Column("asked", Integer, nullable=False, default=0),
    Column("none_fits", Integer, nullable=False, default=0, server_default="0"),
    Column("unchosen", Integer, nullable=False, default=0, server_default="0"),
    Column("refused", Integer, nullable=False, default=0, server_default="0"),
    Column("wishes", Integer, nullable=False, default=0),
    Column("channels", String(64), nullable=False, default=""),
    Column("first_at", UtcDateTime, nullable=False),
    Column("last_at", UtcDateTime, nullable=False),
    Column("compared", Boolean, nullable=False, default=False),
    Column("merged_into", BIG),
    Column("claimed_by", BIG),
    Column("claimed_until", UtcDateTime),
    Column("answered_at", UtcDateTime),
    UniqueConstraint("office", "shape_key"),
    Index(None, "office", "status", "last_at"),
    Index(None, "office", "status", "asked"),
    Index(None, "compared", "id"),
)

questions = Table(
    "questions",
    metadata,
    Column("inbox_id", BIG, primary_key=True, autoincrement=False),
    Column("group", BIG, nullable=False),
    Column("office", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("conversation", String(180), nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("kind", String(12), nullable=False, default="unanswered", server_default="unanswered"),
    Index(None, "group", "asked_at"),
    Index(None, "office", "asked_at"),
    Index(None, "asked_at"),
    Index(None, "conversation"),
)

# How far what is worked off in order has come: the last row looked at, by its moment and number.
progress = Table(
    "progress",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("number", BIG, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("group", BIG, nullable=False),
    Column("office", String(64), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("ref", String(180), nullable=False, default=""),
    Column("change", BIG),
    Column("officer", BIG, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "group"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("inbox_id", BIG, primary_key=True, autoincrement=False),
    Column("group", BIG, nullable=False),
    Column("office", String(64), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("conversation", String(180), nullable=False),
    Column("agreed_at", UtcDateTime, nullable=False),
    # Of the sentence agreed to: its words may change later.
    Column("words", String(64), nullable=False),
    Column("status", String(12), nullable=False),
    Column("told_at", UtcDateTime),
    Index(None, "group", "status"),
    Index(None, "conversation", "status"),
    Index(None, "status", "agreed_at"),
)

takeovers = Table(
    "takeovers",
    metadata,
    Column("conversation", String(180), primary_key=True),
    # A message of the talk: its public name, since a conversation's key may be a secret.
    Column("talk", BIG, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("office", String(64), nullable=False),
    Column("officer", BIG, nullable=False),
    Column("began_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Index(None, "office", "until"),
    Index(None, "until"),
)

waiting_talks = Table(
    "waiting_talks",
    metadata,
    Column("conversation", String(180), primary_key=True),
    Column("talk", BIG, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("office", String(64), nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Index(None, "office", "asked_at"),
)

sync_verdicts = Table(
    "sync_verdicts",
    metadata,
    Column("change", BIG, primary_key=True, autoincrement=False),
    Column("office", String(64), primary_key=True),
    Column("verdict", String(8), nullable=False),
    Column("officer", BIG, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

imports = Table(
    "imports",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    # What is in the file: see ``import_rows.ImportKind``.
    Column("kind", String(12), nullable=False, default="cards", server_default="cards"),
    Column("officer", BIG, nullable=False),
    Column("name", String(200), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("faults", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("status", String(8), nullable=False),
    Index(None, "office", "at"),
    Index(None, "at"),
)

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("seq", BIG, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("officer", BIG),
    Column("actor", String(160), nullable=False),
    Column("address", String(64), nullable=False),
    Column("action", String(40), nullable=False),
    Column("office", String(64), nullable=False),
    Column("subject_kind", String(24), nullable=False),
    Column("subject", String(180), nullable=False),
    # Exactly the signs the hash was made of.
    Column("body", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index(None, "at"),
    Index(None, "office", "seq"),
    Index(None, "officer", "seq"),
    Index(None, "subject_kind", "subject", "seq"),
    Index(None, "action", "seq"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", BIG, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", UtcDateTime),
)
