"""Communication plans, news and who receives them."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TABLES = (
    "broadcast_steps",
    "broadcast_versions",
    "broadcasts",
    "calendar_keys",
    "deliveries",
    "evidence",
    "files",
    "officer_chat_codes",
    "officer_chats",
    "plan_entries",
    "plans",
    "posts",
    "readings",
    "reminders",
    "runs",
    "schedules",
    "slots",
    "subscriber_topics",
    "subscribers",
)


def upgrade() -> None:
    """Make the tables."""
    _make_plans()
    _make_texts()
    _make_runs()
    _make_readers()


def downgrade() -> None:
    """Drop them."""
    for table in TABLES:
        op.drop_table(table)


def _make_plans() -> None:
    op.create_table(
        "plans",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("issued_on", sa.String(10), nullable=False),
        sa.Column("issuer", sa.String(300), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("file", BIG, nullable=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    op.create_index(op.f("ix_plans_office_year_status"), "plans", ["office", "year", "status"])
    op.create_table(
        "plan_entries",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("plan", BIG, nullable=False),
        sa.Column("parent", BIG, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("no", sa.String(16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("forms", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("cooperating", sa.Text(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("time_text", sa.Text(), nullable=False),
        sa.Column("timing", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("officer", BIG, nullable=True),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_entries")),
    )
    op.create_index(op.f("ix_plan_entries_officer_status"), "plan_entries", ["officer", "status"])
    op.create_index(op.f("ix_plan_entries_plan_position"), "plan_entries", ["plan", "position"])
    op.create_table(
        "slots",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("entry", BIG, nullable=False),
        sa.Column("period_start", sa.String(10), nullable=False),
        sa.Column("period_end", sa.String(10), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.String(10), nullable=False),
        sa.Column("last_on", sa.String(10), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("flag", sa.String(16), nullable=False),
        sa.Column("done_on", sa.String(10), nullable=False),
        sa.Column("done_by", BIG, nullable=True),
        sa.Column("broadcast", BIG, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slots")),
        sa.UniqueConstraint(
            "entry",
            "period_start",
            "period_end",
            "number",
            name=op.f("uq_slots_entry_period_start_period_end_number"),
        ),
    )
    op.create_index(op.f("ix_slots_broadcast"), "slots", ["broadcast"])
    op.create_index(op.f("ix_slots_status_due_on"), "slots", ["status", "due_on"])
    op.create_table(
        "evidence",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("entry", BIG, nullable=False),
        sa.Column("slot", BIG, nullable=True),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("url", sa.String(1000), nullable=False),
        sa.Column("file", BIG, nullable=True),
        sa.Column("happened_on", sa.String(10), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_entry_slot"), "evidence", ["entry", "slot"])
    op.create_table(
        "reminders",
        sa.Column("slot", BIG, autoincrement=False, nullable=False),
        sa.Column("officer", BIG, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("outbox", BIG, nullable=True),
        sa.PrimaryKeyConstraint("slot", "officer", "kind", name=op.f("pk_reminders")),
    )
    op.create_table(
        "officer_chats",
        sa.Column("conversation", sa.String(180), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(160), nullable=False),
        sa.Column("linked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_officer_chats")),
    )
    op.create_index(op.f("ix_officer_chats_officer"), "officer_chats", ["officer"])
    op.create_table(
        "officer_chat_codes",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_officer_chat_codes")),
    )
    op.create_table(
        "calendar_keys",
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("office", name=op.f("pk_calendar_keys")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_keys_digest")),
    )


def _make_texts() -> None:
    op.create_table(
        "files",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("media", sa.String(80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    op.create_index(op.f("ix_files_digest_office"), "files", ["digest", "office"])
    op.create_table(
        "broadcasts",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("author", BIG, nullable=True),
        sa.Column("entry", BIG, nullable=True),
        sa.Column("slot", BIG, nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcasts")),
    )
    op.create_index(
        op.f("ix_broadcasts_office_status_id"), "broadcasts", ["office", "status", "id"]
    )
    op.create_index(op.f("ix_broadcasts_slot"), "broadcasts", ["slot"])
    op.create_table(
        "broadcast_versions",
        sa.Column("broadcast", BIG, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("parts", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("author", BIG, nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("frozen_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("broadcast", "version", name=op.f("pk_broadcast_versions")),
    )
    op.create_index(op.f("ix_broadcast_versions_digest"), "broadcast_versions", ["digest"])
    op.create_table(
        "broadcast_steps",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("broadcast", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("officer", BIG, nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_broadcast_steps")),
    )
    op.create_index(
        op.f("ix_broadcast_steps_broadcast_id"), "broadcast_steps", ["broadcast", "id"]
    )


def _make_runs() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("broadcast", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("rrule", sa.String(300), nullable=False),
        sa.Column("grace_minutes", sa.Integer(), nullable=False),
        sa.Column("off_days", sa.String(8), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("next_due_at", UtcDateTime(), nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedules")),
    )
    op.create_index(op.f("ix_schedules_broadcast"), "schedules", ["broadcast"])
    op.create_index(
        op.f("ix_schedules_status_next_due_at"), "schedules", ["status", "next_due_at"]
    )
    op.create_table(
        "runs",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("schedule", BIG, nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("broadcast", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(24), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint("schedule", "due_at", name=op.f("uq_runs_schedule_due_at")),
    )
    op.create_index(op.f("ix_runs_broadcast_id"), "runs", ["broadcast", "id"])
    op.create_index(op.f("ix_runs_status_id"), "runs", ["status", "id"])
    op.create_table(
        "deliveries",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("run", BIG, nullable=False),
        sa.Column("route", sa.String(16), nullable=False),
        sa.Column("subscriber", BIG, nullable=False),
        sa.Column("address", sa.String(160), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", UtcDateTime(), nullable=False),
        sa.Column("claimed_by", sa.String(64), nullable=False),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("external_id", sa.String(128), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "run", "route", "subscriber", name=op.f("uq_deliveries_run_route_subscriber")
        ),
    )
    op.create_index(
        op.f("ix_deliveries_run_status_route_id"), "deliveries", ["run", "status", "route", "id"]
    )
    op.create_index(
        op.f("ix_deliveries_status_route_not_before"),
        "deliveries",
        ["status", "route", "not_before"],
    )
    op.create_index(op.f("ix_deliveries_subscriber_id"), "deliveries", ["subscriber", "id"])


def _make_readers() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", sa.String(160), nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("person", sa.String(180), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("consent", sa.String(12), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
        sa.UniqueConstraint("channel", "address", name=op.f("uq_subscribers_channel_address")),
    )
    op.create_index(
        op.f("ix_subscribers_office_status_kind"), "subscribers", ["office", "status", "kind"]
    )
    op.create_index(op.f("ix_subscribers_person"), "subscribers", ["person"])
    op.create_table(
        "subscriber_topics",
        sa.Column("subscriber", BIG, autoincrement=False, nullable=False),
        sa.Column("topic", sa.String(24), nullable=False),
        sa.PrimaryKeyConstraint("subscriber", "topic", name=op.f("pk_subscriber_topics")),
    )
    op.create_index(
        op.f("ix_subscriber_topics_topic_subscriber"), "subscriber_topics", ["topic", "subscriber"]
    )
    op.create_table(
        "posts",
        sa.Column("broadcast", BIG, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("posted_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("taken_down_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("broadcast", name=op.f("pk_posts")),
    )
    op.create_index(op.f("ix_posts_office_posted_at"), "posts", ["office", "posted_at"])
    op.create_index(op.f("ix_posts_posted_at"), "posts", ["posted_at"])
    op.create_table(
        "readings",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("broadcast", BIG, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("station", sa.String(200), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("read_by", BIG, nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_broadcast"), "readings", ["broadcast"])
    op.create_index(op.f("ix_readings_office_due_at"), "readings", ["office", "due_at"])
