"""The tables of feedback: cases, their events, files and followers; drawn in docs/feedback.md.

Columns named ``…_sealed`` hold what the vault sealed (``bot.vault``); the words beside them are
masked. An ``office`` is the code of the office a row belongs to.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.tables import BIG, NEVER_AGAIN, UtcDateTime, metadata

_OPEN: Final[dict[str, Any]] = {
    "sqlite_where": text("is_open"),
    "postgresql_where": text("is_open"),
}
_SENT: Final[dict[str, Any]] = {
    "sqlite_where": text("sent_from IS NOT NULL"),
    "postgresql_where": text("sent_from IS NOT NULL"),
}

units = Table(
    "feedback_units",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("name", String(120), nullable=False),
    # The officer who hears of what is late before the leader does.
    Column("head", BIG),
    # JSON: the topics that are proposed to this unit.
    Column("topics", Text, nullable=False, default="[]"),
    Column("active", Boolean, nullable=False, default=True),
    Index(None, "office"),
    **NEVER_AGAIN,
)

unit_members = Table(
    "feedback_unit_members",
    metadata,
    Column("unit", BIG, primary_key=True, autoincrement=False),
    Column("officer", BIG, primary_key=True, autoincrement=False),
    Index(None, "officer"),
)

cases = Table(
    "feedback_cases",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("office", String(64), nullable=False),
    Column("reference", String(12), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("regime", String(32), nullable=False, default=""),
    Column("topic", String(40), nullable=False),
    Column("grade", String(12), nullable=False),
    Column("urgent", Boolean, nullable=False, default=False),
    Column("state", String(20), nullable=False),
    # A fact of the state, for the indexes of the inbox.
    Column("is_open", Boolean, nullable=False),
    Column("words", Text, nullable=False),
    Column("words_sealed", LargeBinary),
    Column("happened", String(200), nullable=False, default=""),
    Column("place", String(300), nullable=False, default=""),
    Column("place_sealed", LargeBinary),
    Column("hamlet", String(80), nullable=False, default=""),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("source", String(12), nullable=False),
    # The chat that hears of it; empty for who came to the desk or called.
    Column("channel", String(16), nullable=False, default=""),
    Column("user_id", String(160), nullable=False, default=""),
    Column("conversation", String(192), nullable=False, default=""),
    # The message it was filed with: once only, whatever is repeated.
    Column("anchor", BIG, unique=True),
    Column("entered_by", BIG),
    Column("anonymous", Boolean, nullable=False),
    Column("call_back", Boolean, nullable=False, default=False),
    # JSON of ``Contact``; the digest finds the cases of one telephone.
    Column("contact_sealed", LargeBinary),
    Column("contact_digest", String(64)),
    # Which words about personal data were shown and agreed to.
    Column("consent", String(64), nullable=False, default=""),
    Column("basis", String(32), nullable=False, default=""),
    Column("unit", BIG),
    Column("officer", BIG),
    Column("received_at", UtcDateTime, nullable=False),
    # What counts now: by the table of limits, or set once by a person.
    Column("due_at", UtcDateTime),
    Column("due_rule", String(40), nullable=False, default=""),
    Column("due_set", Boolean, nullable=False, default=False),
    # While the citizen is asked the clock stands: working minutes left, and stood in all.
    Column("paused_at", UtcDateTime),
    Column("left_minutes", Integer),
    Column("paused_minutes", Integer, nullable=False, default=0),
    # The next moment at which somebody is told of the time used, and the share told of (per cent).
    Column("alert_at", UtcDateTime),
    Column("alerted", SmallInteger, nullable=False, default=0),
    Column("first_answered_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    # Silence until then closes it.
    Column("closes_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("result", String(12), nullable=False, default=""),
    Column("reason", String(40), nullable=False, default=""),
    Column("main", BIG),
    Column("reopened", SmallInteger, nullable=False, default=0),
    # Of 1 to 5 how satisfied, the factor that mattered most, and why.
    Column("level", SmallInteger),
    Column("factor", String(24), nullable=False, default=""),
    Column("rated_at", UtcDateTime),
    Column("publicity", String(12), nullable=False, default="private"),
    Column("erased_at", UtcDateTime),
    Column("version", Integer, nullable=False),
    Index("ix_feedback_cases_inbox", "office", "due_at", "id", **_OPEN),
    Index("ix_feedback_cases_unit", "office", "unit", "due_at", "id", **_OPEN),
    Index("ix_feedback_cases_officer", "officer", "due_at", "id", **_OPEN),
    Index("ix_feedback_cases_topic", "office", "topic", "received_at", "id", **_OPEN),
    Index("ix_feedback_cases_hamlet", "office", "hamlet", "id", **_OPEN),
    Index("ix_feedback_cases_alert", "alert_at", **_OPEN),
    Index("ix_feedback_cases_closes", "closes_at"),
    Index("ix_feedback_cases_period", "office", "received_at", "id"),
    Index("ix_feedback_cases_received", "received_at", "id"),
    Index("ix_feedback_cases_answered", "office", "first_answered_at"),
    Index("ix_feedback_cases_talk", "conversation", "id"),
    Index("ix_feedback_cases_contact", "contact_digest"),
    Index("ix_feedback_cases_main", "main"),
    Index("ix_feedback_cases_public", "office", "publicity", "answered_at"),
    **NEVER_AGAIN,
)

events = Table(
    "feedback_events",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("case", BIG, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("author", String(12), nullable=False),
    Column("by", BIG),
    Column("did", String(16), nullable=False),
    Column("state", String(20), nullable=False),
    Column("public", Boolean, nullable=False),
    # Masked in a citizen's event; an officer's words as written.
    Column("text", Text, nullable=False, default=""),
    Column("text_sealed", LargeBinary),
    Column("data", Text, nullable=False, default="{}"),
    # The office that gave the case to another one by it; of all other events nothing.
    Column("sent_from", String(64)),
    UniqueConstraint("case", "version"),
    Index("ix_feedback_events_sent_from", "sent_from", "case", **_SENT),
)

# Photos of citizens and, with ``made_by``, files of officers' answers, each its own: of other
# people's, even the same, nothing is shared.
feedback_files = Table(
    "feedback_files",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("case", BIG),
    Column("conversation", String(192), nullable=False, default=""),
    # The event that told of it; of an answer's file none while the answer is not given.
    Column("version", Integer),
    # All four are empty until it was fetched.
    Column("media", String(80), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("content_sealed", LargeBinary),
    # Whether it shows identity papers, by the sender's word; nothing while not asked.
    Column("papers", Boolean),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", BIG),
    # Of an answer's file: what it is called, and the reply it went with.
    Column("name", String(200), nullable=False, default="", server_default=""),
    Column("outbox", BIG),
    Index(None, "case"),
    Index(None, "conversation"),
    Index(None, "made_at"),
    Index(None, "outbox"),
    **NEVER_AGAIN,
)

# Files a provider keeps until they are asked for; gone when they are here, or cannot be had.
fetches = Table(
    "feedback_fetches",
    metadata,
    Column("file", BIG, primary_key=True, autoincrement=False),
    # The message it came with: once only, whatever is repeated.
    Column("inbox_id", BIG, nullable=False, unique=True),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    # An id, or an address: those of Zalo are long.
    Column("reference", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    # The next try; nothing while nobody wants it.
    Column("due_at", UtcDateTime),
    Index(None, "channel", "due_at"),
)

followers = Table(
    "feedback_followers",
    metadata,
    Column("case", BIG, primary_key=True, autoincrement=False),
    Column("conversation", String(192), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("since", UtcDateTime, nullable=False),
    Index(None, "conversation"),
)

# Who is still to hear of a public step, and what became of it: one row for each person.
notices = Table(
    "feedback_notices",
    metadata,
    Column("case", BIG, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("conversation", String(192), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("user_id", String(160), nullable=False),
    Column("office", String(64), nullable=False),
    Column("status", String(12), nullable=False),
    Column("reason", String(40), nullable=False, default=""),
    Column("outbox", BIG),
    Column("at", UtcDateTime, nullable=False),
    # The provider's number of a template that told of it, and when it arrived and was seen.
    Column("external_id", String(128)),
    Column("received_at", UtcDateTime),
    Column("seen_at", UtcDateTime),
    Index(None, "status", "at"),
    Index(None, "conversation", "status"),
    Index(None, "office", "status"),
    Index(None, "outbox"),
    Index(
        None,
        "external_id",
        sqlite_where=text("external_id IS NOT NULL"),
        postgresql_where=text("external_id IS NOT NULL"),
    ),
)

# Who has a case open to write in it, and until when.
claims = Table(
    "feedback_claims",
    metadata,
    Column("case", BIG, primary_key=True, autoincrement=False),
    Column("officer", BIG, nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

# Answers that are being written or wait for a second pair of eyes.
answers = Table(
    "feedback_answers",
    metadata,
    Column("case", BIG, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("result", String(12), nullable=False),
    Column("reason", String(40), nullable=False, default=""),
    Column("text", Text, nullable=False),
    # JSON: nothing so far; files that go along are rows of their own.
    Column("data", Text, nullable=False, default="{}"),
    Column("author", BIG, nullable=False),
    Column("status", String(12), nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("changed_at", UtcDateTime, nullable=False),
)

# The public form of a case: words of its own, masked by the machine and read by a person. What was
# withdrawn stays without them, so that its page is known as gone.
releases = Table(
    "feedback_releases",
    metadata,
    Column("case", BIG, primary_key=True, autoincrement=False),
    Column("office", String(64), nullable=False),
    Column("topic", String(40), nullable=False),
    Column("unit", String(120), nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    # Why names or places stand in it all the same; empty where none does.
    Column("kept", String(500), nullable=False, default=""),
    # Grows with every text: which one somebody read who releases it.
    Column("version", Integer, nullable=False),
    Column("received_at", UtcDateTime, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("prepared_by", BIG, nullable=False),
    Column("prepared_at", UtcDateTime, nullable=False),
    Column("released_by", BIG),
    Column("released_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Index(None, "office", "answered_at", "case"),
    Index(None, "answered_at", "case"),
)

# Cases by the number another system gave them: each comes in once.
outer_references = Table(
    "feedback_outer_references",
    metadata,
    Column("office", String(64), primary_key=True),
    Column("source", String(12), primary_key=True),
    Column("outer", String(64), primary_key=True),
    # Empty between claiming the number and filing the case, and when nothing is left of the case.
    Column("case", BIG),
    Column("at", UtcDateTime, nullable=False),
    Index(None, "case"),
)

# Who a case complains of: a unit, or an officer. It is not there for them.
complained_of = Table(
    "feedback_complained_of",
    metadata,
    Column("id", BIG, primary_key=True, autoincrement=True),
    Column("case", BIG, nullable=False),
    Column("unit", BIG),
    Column("officer", BIG),
    Index(None, "case"),
    Index(None, "unit"),
    Index(None, "officer"),
)
