"""Officers and their work; who spoke, and for which office a turn was answered.

The audit's triggers refuse every change of a row once written.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "answers",
    "audit_entries",
    "audit_head",
    "changes",
    "devices",
    "follow_ups",
    "grants",
    "imports",
    "links",
    "officers",
    "once",
    "question_groups",
    "questions",
    "sessions",
    "standing",
    "standing_state",
    "sync_verdicts",
    "takeovers",
    "throttles",
    "trial_guests",
    "waiting_talks",
)


def upgrade() -> None:
    """Make the tables, columns and triggers."""
    _make_people()
    _make_audit()
    _make_knowledge_work()
    _make_questions()
    _make_talks()
    op.add_column("turns", sa.Column("office", sa.String(64), server_default="", nullable=False))
    op.drop_index(op.f("ix_turns_created_at"), table_name="turns")
    op.create_index(
        op.f("ix_turns_created_at_office_channel_outcome"),
        "turns",
        ["created_at", "office", "channel", "outcome"],
    )
    op.create_index(op.f("ix_turns_conversation_inbox_id"), "turns", ["conversation", "inbox_id"])
    op.create_index(op.f("ix_inbox_conversation_id"), "inbox", ["conversation", "id"])
    op.add_column(
        "outbox", sa.Column("author", sa.String(8), server_default="bot", nullable=False)
    )
    with op.batch_alter_table("daily_turns") as batch:
        batch.add_column(sa.Column("office", sa.String(64), server_default="", nullable=False))
        batch.drop_constraint("pk_daily_turns", type_="primary")
        batch.create_primary_key("pk_daily_turns", ["day", "channel", "outcome", "office"])
    _forbid_changes()


def downgrade() -> None:
    """Drop them; what was counted for several offices is counted together."""
    _allow_changes()
    op.execute(
        "CREATE TEMPORARY TABLE counted AS SELECT day, channel, outcome, sum(turns) AS turns"
        " FROM daily_turns GROUP BY day, channel, outcome"
    )
    op.execute("DELETE FROM daily_turns")
    with op.batch_alter_table("daily_turns") as batch:
        batch.drop_constraint("pk_daily_turns", type_="primary")
        batch.create_primary_key("pk_daily_turns", ["day", "channel", "outcome"])
        batch.drop_column("office")
    op.execute(
        "INSERT INTO daily_turns (day, channel, outcome, turns)"
        " SELECT day, channel, outcome, turns FROM counted"
    )
    op.execute("DROP TABLE counted")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("author")
    op.drop_index(op.f("ix_inbox_conversation_id"), table_name="inbox")
    op.drop_index(op.f("ix_turns_conversation_inbox_id"), table_name="turns")
    op.drop_index(op.f("ix_turns_created_at_office_channel_outcome"), table_name="turns")
    op.create_index(op.f("ix_turns_created_at"), "turns", ["created_at"])
    with op.batch_alter_table("turns") as batch:
        batch.drop_column("office")
    for table in reversed(TABLES):
        op.drop_table(table)


def _forbid_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entries_no_{act.lower()} BEFORE {act} ON audit_entries"
                " BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'audit entries are never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE ON audit_entries"
        " FOR EACH ROW EXECUTE FUNCTION audit_entries_stay()"
    )


def _allow_changes() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_entries_no_{act}")
        return
    op.execute("DROP TRIGGER audit_entries_stay ON audit_entries")
    op.execute("DROP FUNCTION audit_entries_stay()")


def _make_people() -> None:
    op.create_table(
        "devices",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_devices")),
    )
    op.create_index(op.f("ix_devices_officer"), "devices", ["officer"])
    op.create_table(
        "grants",
        sa.Column("officer", BIG, autoincrement=False, nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("granted_at", UtcDateTime(), nullable=False),
        sa.Column("granted_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("officer", "role", "office", name=op.f("pk_grants")),
    )
    op.create_index(op.f("ix_grants_office_role"), "grants", ["office", "role"])
    op.create_table(
        "links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_links")),
    )
    op.create_index(op.f("ix_links_officer"), "links", ["officer"])
    op.create_table(
        "officers",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.String(length=255), nullable=False),
        sa.Column("totp_step", BIG, nullable=False),
        sa.Column("recovery", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("made_by", BIG, nullable=True),
        sa.Column("off_at", UtcDateTime(), nullable=True),
        sa.Column("password_at", UtcDateTime(), nullable=True),
        sa.Column("signed_in_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officers")),
        sa.UniqueConstraint("login", name=op.f("uq_officers_login")),
    )
    op.create_index(op.f("ix_officers_office_active"), "officers", ["office", "active"])
    op.create_table(
        "once",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_once")),
    )
    op.create_index(op.f("ix_once_at"), "once", ["at"])
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("id", BIG, nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("agent", sa.String(length=160), nullable=False),
        sa.Column("sure_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
        sa.UniqueConstraint("id", name=op.f("uq_sessions_id")),
    )
    op.create_index(op.f("ix_sessions_officer_until"), "sessions", ["officer", "until"])
    op.create_index(op.f("ix_sessions_until"), "sessions", ["until"])
    op.create_table(
        "throttles",
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("blocked_until", UtcDateTime(), nullable=True),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_throttles")),
    )
    op.create_index(op.f("ix_throttles_last_at"), "throttles", ["last_at"])


def _make_audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("officer", BIG, nullable=True),
        sa.Column("actor", sa.String(length=160), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject", sa.String(length=180), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entries")),
    )
    op.create_index(op.f("ix_audit_entries_action_seq"), "audit_entries", ["action", "seq"])
    op.create_index(op.f("ix_audit_entries_at"), "audit_entries", ["at"])
    op.create_index(op.f("ix_audit_entries_office_seq"), "audit_entries", ["office", "seq"])
    op.create_index(op.f("ix_audit_entries_officer_seq"), "audit_entries", ["officer", "seq"])
    op.create_index(
        op.f("ix_audit_entries_subject_kind_subject_seq"),
        "audit_entries",
        ["subject_kind", "subject", "seq"],
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )


def _make_knowledge_work() -> None:
    op.create_table(
        "changes",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("ref", sa.String(length=180), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("author", BIG, nullable=True),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decided_by", BIG, nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("valid_until", sa.String(length=10), nullable=False),
        sa.Column("undoes", BIG, nullable=True),
        sa.Column("batch", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_batch"), "changes", ["batch"])
    op.create_index(
        op.f("ix_changes_kind_office_ref_id"), "changes", ["kind", "office", "ref", "id"]
    )
    op.create_index(op.f("ix_changes_office_status_id"), "changes", ["office", "status", "id"])
    op.create_index(op.f("ix_changes_status_valid_from"), "changes", ["status", "valid_from"])
    op.create_table(
        "imports",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("faults", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
    )
    op.create_index(op.f("ix_imports_at"), "imports", ["at"])
    op.create_index(op.f("ix_imports_office_at"), "imports", ["office", "at"])
    op.create_table(
        "standing",
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("change", BIG, nullable=True),
        sa.PrimaryKeyConstraint("office", "key", name=op.f("pk_standing")),
    )
    op.create_table(
        "standing_state",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_standing_state")),
    )
    op.create_table(
        "sync_verdicts",
        sa.Column("change", BIG, autoincrement=False, nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("change", "office", name=op.f("pk_sync_verdicts")),
    )
    op.create_table(
        "trial_guests",
        sa.Column("conversation", sa.String(length=180), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", BIG, nullable=True),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_trial_guests")),
    )


def _make_questions() -> None:
    op.create_table(
        "answers",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("group", BIG, nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ref", sa.String(length=180), nullable=False),
        sa.Column("change", BIG, nullable=True),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
    )
    op.create_index(op.f("ix_answers_group"), "answers", ["group"])
    op.create_table(
        "follow_ups",
        sa.Column("inbox_id", BIG, autoincrement=False, nullable=False),
        sa.Column("group", BIG, nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=160), nullable=False),
        sa.Column("conversation", sa.String(length=180), nullable=False),
        sa.Column("agreed_at", UtcDateTime(), nullable=False),
        sa.Column("words", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("inbox_id", name=op.f("pk_follow_ups")),
    )
    op.create_index(
        op.f("ix_follow_ups_conversation_status"), "follow_ups", ["conversation", "status"]
    )
    op.create_index(op.f("ix_follow_ups_group_status"), "follow_ups", ["group", "status"])
    op.create_index(op.f("ix_follow_ups_status_agreed_at"), "follow_ups", ["status", "agreed_at"])
    op.create_table(
        "question_groups",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("shape", sa.Text(), nullable=False),
        sa.Column("shape_key", sa.String(length=64), nullable=False),
        sa.Column("sample", sa.Text(), nullable=False),
        sa.Column("near", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("wishes", sa.Integer(), nullable=False),
        sa.Column("channels", sa.String(length=64), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("compared", sa.Boolean(), nullable=False),
        sa.Column("merged_into", BIG, nullable=True),
        sa.Column("claimed_by", BIG, nullable=True),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("answered_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_groups")),
        sa.UniqueConstraint(
            "office", "shape_key", name=op.f("uq_question_groups_office_shape_key")
        ),
    )
    op.create_index(op.f("ix_question_groups_compared_id"), "question_groups", ["compared", "id"])
    op.create_index(
        op.f("ix_question_groups_office_status_asked"),
        "question_groups",
        ["office", "status", "asked"],
    )
    op.create_index(
        op.f("ix_question_groups_office_status_last_at"),
        "question_groups",
        ["office", "status", "last_at"],
    )
    op.create_table(
        "questions",
        sa.Column("inbox_id", BIG, autoincrement=False, nullable=False),
        sa.Column("group", BIG, nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("conversation", sa.String(length=180), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("inbox_id", name=op.f("pk_questions")),
    )
    op.create_index(op.f("ix_questions_asked_at"), "questions", ["asked_at"])
    op.create_index(op.f("ix_questions_conversation"), "questions", ["conversation"])
    op.create_index(op.f("ix_questions_group_asked_at"), "questions", ["group", "asked_at"])
    op.create_index(op.f("ix_questions_office_asked_at"), "questions", ["office", "asked_at"])


def _make_talks() -> None:
    op.create_table(
        "takeovers",
        sa.Column("conversation", sa.String(length=180), nullable=False),
        sa.Column("talk", BIG, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=160), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_takeovers")),
    )
    op.create_index(op.f("ix_takeovers_office_until"), "takeovers", ["office", "until"])
    op.create_index(op.f("ix_takeovers_until"), "takeovers", ["until"])
    op.create_table(
        "waiting_talks",
        sa.Column("conversation", sa.String(length=180), nullable=False),
        sa.Column("talk", BIG, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.String(length=160), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", name=op.f("pk_waiting_talks")),
    )
    op.create_index(
        op.f("ix_waiting_talks_office_asked_at"), "waiting_talks", ["office", "asked_at"]
    )
