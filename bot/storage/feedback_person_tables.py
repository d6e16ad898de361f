"""The tables of feedback that are about persons: drafts, sealed items, wishes, consents.

Columns named ``…_sealed`` hold what the vault sealed (``bot.vault``). An ``office`` is the code of
the office a row belongs to.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, String, Table, Text

from bot.storage.tables import BIG, NEVER_AGAIN, UtcDateTime, metadata

# What a conversation has told so far, as the steps of filing know it; one at a time.
drafts = Table(
    "feedback_drafts",
    metadata,
    Column("conversation", String(192), primary_key=True),
    Column("office", String(64), nullable=False, default=""),
    Column("step", String(24), nullable=False),
    Column("told_sealed", LargeBinary, nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index(None, "changed_at"),
)

# How often whom was shown the lawful way, and nothing else of them.
way_counts = Table(
    "feedback_way_counts",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("count", Integer, nullable=False),
)

# Denunciations typed in spite of the warning: for one named reader alone.
sealed_items = Table(
    "feedback_sealed_items",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("words_sealed", LargeBinary, nullable=False),
    # The message it came with: once only.
    Column("anchor", BIG, unique=True),
    Column("received_at", UtcDateTime, nullable=False),
    Column("opened", Integer, nullable=False, default=0),
    Column("decision", String(16), nullable=False, default=""),
    Column("note_sealed", LargeBinary),
    Column("decided_at", UtcDateTime),
    Column("erase_at", UtcDateTime),
    Index(None, "office", "id"),
    Index(None, "erase_at"),
    **NEVER_AGAIN,
)

sealed_readers = Table(
    "feedback_sealed_readers",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("officer", BIG, nullable=False),
    Column("document", String(200), nullable=False),
    Column("appointed_by", BIG, nullable=False),
    Column("at", UtcDateTime, nullable=False),
)

# What a person wishes done with the data about them, and until when the law wants it done.
data_wishes = Table(
    "feedback_data_wishes",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("conversation", String(192), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("wish", String(16), nullable=False),
    Column("status", String(12), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("done_by", BIG),
    Column("note", Text, nullable=False, default=""),
    # The law allows more time once.
    Column("prolonged_at", UtcDateTime),
    # Why it is not fulfilled (``bot/feedback/data/wish_refusals.vi.toml``).
    Column("reason", String(40), nullable=False, default="", server_default=""),
    Index(None, "office", "status", "due_at"),
    Index(None, "conversation"),
    **NEVER_AGAIN,
)

# Who may fetch a copy of what is kept about them, until when. It is made when it is fetched, so
# nothing of it is stored.
copies = Table(
    "feedback_copies",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("conversation", String(192), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("until", UtcDateTime, nullable=False),
    Index(None, "conversation", "made_at"),
    Index(None, "until"),
    **NEVER_AGAIN,
)

# Which words somebody agreed to, for what, when; kept after the consent to prove it.
consents = Table(
    "feedback_consents",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("person_digest", String(64), nullable=False),
    Column("case", BIG),
    Column("purpose", String(24), nullable=False),
    Column("version", String(24), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Index(None, "person_digest"),
    Index(None, "case"),
)
