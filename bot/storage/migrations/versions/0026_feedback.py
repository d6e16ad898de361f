"""Feedback: cases, their events, files and followers, and what is about persons."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

OPEN: dict[str, Any] = {"sqlite_where": sa.text("is_open"), "postgresql_where": sa.text("is_open")}
TABLES = (
    "feedback_answers",
    "feedback_cases",
    "feedback_claims",
    "feedback_consents",
    "feedback_data_wishes",
    "feedback_drafts",
    "feedback_events",
    "feedback_files",
    "feedback_followers",
    "feedback_notices",
    "feedback_releases",
    "feedback_sealed_items",
    "feedback_sealed_readers",
    "feedback_unit_members",
    "feedback_units",
    "feedback_way_counts",
)


def upgrade() -> None:
    """Make the tables."""
    _make_cases()
    _make_work()
    _make_persons()


def downgrade() -> None:
    """Drop them."""
    for table in TABLES:
        op.drop_table(table)


def _make_cases() -> None:
    op.create_table(
        "feedback_cases",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("reference", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("regime", sa.String(32), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("grade", sa.String(12), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("happened", sa.String(200), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("hamlet", sa.String(80), nullable=False),
        sa.Column("latitude", sa.Float(), nullable=True),
        sa.Column("longitude", sa.Float(), nullable=True),
        sa.Column("source", sa.String(12), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(160), nullable=False),
        sa.Column("conversation", sa.String(192), nullable=False),
        sa.Column("anchor", BIG, nullable=True),
        sa.Column("entered_by", BIG, nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("call_back", sa.Boolean(), nullable=False),
        sa.Column("contact_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("contact_digest", sa.String(64), nullable=True),
        sa.Column("consent", sa.String(64), nullable=False),
        sa.Column("basis", sa.String(32), nullable=False),
        sa.Column("unit", BIG, nullable=True),
        sa.Column("officer", BIG, nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("due_rule", sa.String(40), nullable=False),
        sa.Column("due_set", sa.Boolean(), nullable=False),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column("left_minutes", sa.Integer(), nullable=True),
        sa.Column("paused_minutes", sa.Integer(), nullable=False),
        sa.Column("alert_at", UtcDateTime(), nullable=True),
        sa.Column("alerted", sa.SmallInteger(), nullable=False),
        sa.Column("first_answered_at", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.Column("closes_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("result", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("main", BIG, nullable=True),
        sa.Column("reopened", sa.SmallInteger(), nullable=False),
        sa.Column("level", sa.SmallInteger(), nullable=True),
        sa.Column("factor", sa.String(24), nullable=False),
        sa.Column("rated_at", UtcDateTime(), nullable=True),
        sa.Column("publicity", sa.String(12), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_cases")),
        sa.UniqueConstraint("anchor", name=op.f("uq_feedback_cases_anchor")),
        sa.UniqueConstraint("reference", name=op.f("uq_feedback_cases_reference")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_feedback_cases_alert", "feedback_cases", ["alert_at"], **OPEN)
    op.create_index(
        "ix_feedback_cases_answered", "feedback_cases", ["office", "first_answered_at"]
    )
    op.create_index("ix_feedback_cases_closes", "feedback_cases", ["closes_at"])
    op.create_index("ix_feedback_cases_contact", "feedback_cases", ["contact_digest"])
    op.create_index(
        "ix_feedback_cases_hamlet", "feedback_cases", ["office", "hamlet", "id"], **OPEN
    )
    op.create_index(
        "ix_feedback_cases_inbox", "feedback_cases", ["office", "due_at", "id"], **OPEN
    )
    op.create_index("ix_feedback_cases_main", "feedback_cases", ["main"])
    op.create_index(
        "ix_feedback_cases_officer", "feedback_cases", ["officer", "due_at", "id"], **OPEN
    )
    op.create_index("ix_feedback_cases_period", "feedback_cases", ["office", "received_at", "id"])
    op.create_index(
        "ix_feedback_cases_public", "feedback_cases", ["office", "publicity", "answered_at"]
    )
    op.create_index("ix_feedback_cases_talk", "feedback_cases", ["conversation", "id"])
    op.create_index(
        "ix_feedback_cases_topic",
        "feedback_cases",
        ["office", "topic", "received_at", "id"],
        **OPEN,
    )
    op.create_index(
        "ix_feedback_cases_unit", "feedback_cases", ["office", "unit", "due_at", "id"], **OPEN
    )
    op.create_table(
        "feedback_events",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("author", sa.String(12), nullable=False),
        sa.Column("by", BIG, nullable=True),
        sa.Column("did", sa.String(16), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_events")),
        sa.UniqueConstraint("case", "version", name=op.f("uq_feedback_events_case_version")),
    )
    op.create_table(
        "feedback_followers",
        sa.Column("case", BIG, autoincrement=False, nullable=False),
        sa.Column("conversation", sa.String(192), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(160), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case", "conversation", name=op.f("pk_feedback_followers")),
    )
    op.create_index(
        op.f("ix_feedback_followers_conversation"), "feedback_followers", ["conversation"]
    )
    op.create_table(
        "feedback_notices",
        sa.Column("case", BIG, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("conversation", sa.String(192), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(160), nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("outbox", BIG, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint(
            "case", "version", "conversation", name=op.f("pk_feedback_notices")
        ),
    )
    op.create_index(
        op.f("ix_feedback_notices_conversation_status"),
        "feedback_notices",
        ["conversation", "status"],
    )
    op.create_index(
        op.f("ix_feedback_notices_office_status"), "feedback_notices", ["office", "status"]
    )
    op.create_index(op.f("ix_feedback_notices_outbox"), "feedback_notices", ["outbox"])
    op.create_index(op.f("ix_feedback_notices_status_at"), "feedback_notices", ["status", "at"])
    op.create_table(
        "feedback_files",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("case", BIG, nullable=True),
        sa.Column("conversation", sa.String(192), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("media", sa.String(80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("papers", sa.Boolean(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_files")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_feedback_files_case"), "feedback_files", ["case"])
    op.create_index(op.f("ix_feedback_files_conversation"), "feedback_files", ["conversation"])
    op.create_index(op.f("ix_feedback_files_made_at"), "feedback_files", ["made_at"])


def _make_work() -> None:
    op.create_table(
        "feedback_units",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("head", BIG, nullable=True),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_units")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_feedback_units_office"), "feedback_units", ["office"])
    op.create_table(
        "feedback_unit_members",
        sa.Column("unit", BIG, autoincrement=False, nullable=False),
        sa.Column("officer", BIG, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("unit", "officer", name=op.f("pk_feedback_unit_members")),
    )
    op.create_index(op.f("ix_feedback_unit_members_officer"), "feedback_unit_members", ["officer"])
    op.create_table(
        "feedback_claims",
        sa.Column("case", BIG, autoincrement=False, nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_feedback_claims")),
    )
    op.create_table(
        "feedback_answers",
        sa.Column("case", BIG, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("author", BIG, nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_feedback_answers")),
    )
    op.create_table(
        "feedback_releases",
        sa.Column("case", BIG, autoincrement=False, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("hamlet", sa.String(80), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.Column("released_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_feedback_releases")),
    )
    op.create_index(
        op.f("ix_feedback_releases_office_released_at"),
        "feedback_releases",
        ["office", "released_at"],
    )


def _make_persons() -> None:
    op.create_table(
        "feedback_drafts",
        sa.Column("conversation", sa.String(192), nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("step", sa.String(24), nullable=False),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_feedback_drafts")),
    )
    op.create_index(op.f("ix_feedback_drafts_changed_at"), "feedback_drafts", ["changed_at"])
    op.create_table(
        "feedback_way_counts",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("office", "day", "kind", name=op.f("pk_feedback_way_counts")),
    )
    op.create_table(
        "feedback_sealed_items",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("anchor", BIG, nullable=True),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(16), nullable=False),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("erase_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_sealed_items")),
        sa.UniqueConstraint("anchor", name=op.f("uq_feedback_sealed_items_anchor")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_feedback_sealed_items_erase_at"), "feedback_sealed_items", ["erase_at"]
    )
    op.create_index(
        op.f("ix_feedback_sealed_items_office_id"), "feedback_sealed_items", ["office", "id"]
    )
    op.create_table(
        "feedback_sealed_readers",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("document", sa.String(200), nullable=False),
        sa.Column("appointed_by", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_feedback_sealed_readers")),
    )
    op.create_table(
        "feedback_data_wishes",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(192), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(160), nullable=False),
        sa.Column("wish", sa.String(16), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("done_by", BIG, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_data_wishes")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_feedback_data_wishes_conversation"), "feedback_data_wishes", ["conversation"]
    )
    op.create_index(
        op.f("ix_feedback_data_wishes_office_status_due_at"),
        "feedback_data_wishes",
        ["office", "status", "due_at"],
    )
    op.create_table(
        "feedback_consents",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("person_digest", sa.String(64), nullable=False),
        sa.Column("case", BIG, nullable=True),
        sa.Column("purpose", sa.String(24), nullable=False),
        sa.Column("version", sa.String(24), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_consents")),
    )
    op.create_index(op.f("ix_feedback_consents_case"), "feedback_consents", ["case"])
    op.create_index(
        op.f("ix_feedback_consents_person_digest"), "feedback_consents", ["person_digest"]
    )
