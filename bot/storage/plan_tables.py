"""The tables of communication plans: what was issued, when it is to be done, what shows it was.

An ``office`` is the code of the office a row belongs to. Lists and records within a row are JSON.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables import BIG, NEVER_AGAIN, UtcDateTime, metadata

plans = Table(
    "plans",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("year", Integer, nullable=False),
    Column("number", String(80), nullable=False, default=""),
    # As far as the document states it: ISO day, or empty.
    Column("issued_on", String(10), nullable=False, default=""),
    Column("issuer", String(300), nullable=False, default=""),
    Column("title", String(500), nullable=False, default=""),
    # What else was read, JSON of ``broadcasts.plans``: purposes, audiences, forms, flags.
    Column("head", Text, nullable=False),
    Column("file", BIG),
    Column("digest", String(64), nullable=False),
    Column("status", String(12), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", BIG),
    Index(None, "office", "year", "status"),
    **NEVER_AGAIN,
)

plan_entries = Table(
    "plan_entries",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("plan", BIG, nullable=False),
    Column("parent", BIG),
    Column("position", Integer, nullable=False),
    Column("no", String(16), nullable=False, default=""),
    Column("content", Text, nullable=False),
    # JSON lists of texts.
    Column("forms", Text, nullable=False, default="[]"),
    Column("lead", Text, nullable=False, default="[]"),
    Column("cooperating", Text, nullable=False, default="[]"),
    Column("flags", Text, nullable=False, default="[]"),
    Column("time_text", Text, nullable=False, default=""),
    # JSON of ``broadcasts.timing.Timing``, read from ``time_text`` or set by a person.
    Column("timing", Text, nullable=False),
    Column("audience", String(12), nullable=False, default=""),
    Column("note", Text, nullable=False, default=""),
    Column("source", Text, nullable=False, default=""),
    # Whose it is in this office: an officer's id; who set it is in the audit.
    Column("officer", BIG),
    Column("status", String(12), nullable=False, default="open"),
    Column("edited_at", UtcDateTime),
    Index(None, "plan", "position"),
    Index(None, "officer", "status"),
    **NEVER_AGAIN,
)

# One time that an entry is to be done: the third of eight numbers, the report of a quarter.
slots = Table(
    "slots",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("entry", BIG, nullable=False),
    # ISO days: the span it counts for, when it is proposed, and the last day it is in time.
    Column("period_start", String(10), nullable=False),
    Column("period_end", String(10), nullable=False),
    Column("number", Integer, nullable=False),
    Column("due_on", String(10), nullable=False),
    Column("last_on", String(10), nullable=False),
    Column("status", String(12), nullable=False),
    # A person chose this day, or made this slot: laying out anew leaves it alone.
    Column("by_hand", Boolean, nullable=False, default=False),
    Column("flag", String(16), nullable=False, default=""),
    Column("done_on", String(10), nullable=False, default=""),
    Column("done_by", BIG),
    Column("broadcast", BIG),
    Column("note", Text, nullable=False, default=""),
    # News that were out by then do not end it again.
    Column("reopened_at", UtcDateTime),
    UniqueConstraint("entry", "period_start", "period_end", "number"),
    Index(None, "status", "due_on"),
    Index(None, "broadcast"),
    **NEVER_AGAIN,
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("entry", BIG, nullable=False),
    Column("slot", BIG),
    Column("kind", String(12), nullable=False),
    Column("title", String(300), nullable=False),
    Column("url", String(1000), nullable=False, default=""),
    Column("file", BIG),
    Column("happened_on", String(10), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", BIG),
    Index(None, "entry", "slot"),
)

# What an officer was reminded of, so that nobody is reminded of a thing twice.
reminders = Table(
    "reminders",
    metadata,
    Column("slot", BIG, primary_key=True, autoincrement=False),
    Column("officer", BIG, primary_key=True, autoincrement=False),
    Column("kind", String(12), primary_key=True),
    Column("made_at", UtcDateTime, nullable=False),
    Column("outbox", BIG),
)

# Where an officer is written to: a chat of their own, proved by a code typed there.
officer_chats = Table(
    "officer_chats",
    metadata,
    Column("conversation", String(180), primary_key=True),
    Column("officer", BIG, nullable=False),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("linked_at", UtcDateTime, nullable=False),
    Index(None, "officer"),
)

officer_chat_codes = Table(
    "officer_chat_codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("officer", BIG, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# The address under which an office's calendar is read by other programs; only its digest is kept.
calendar_keys = Table(
    "calendar_keys",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", BIG),
    # What it said when it was read last, as a digest, and since when it says so.
    Column("content", String(64), nullable=False, default="", server_default=""),
    Column("changed_at", UtcDateTime),
    UniqueConstraint("digest"),
)
