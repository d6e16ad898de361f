"""Zalo: accounts, who follows them, calls that came and went, articles, templates, quotas."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, UtcDateTime

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

OA = sa.String(24)
NEW = (
    "zalo_accounts",
    "zalo_consents",
    "zalo_apps",
    "zalo_people",
    "zalo_calls",
    "arrivals",
    "zalo_quotas",
    "zalo_articles",
    "zalo_templates",
    "zalo_template_uses",
    "zalo_marks",
)
FETCHES = "feedback_fetches"
KNOWN = sa.text("received_at IS NULL AND external_id <> ''")


def upgrade() -> None:
    """Make the tables, and room for a provider's later word and for long addresses of files."""
    _make()
    op.add_column("deliveries", sa.Column("received_at", UtcDateTime))
    op.add_column("deliveries", sa.Column("seen_at", UtcDateTime))
    op.create_index(
        "ix_deliveries_external_id",
        "deliveries",
        ["external_id"],
        postgresql_where=KNOWN,
        sqlite_where=KNOWN,
    )
    with op.batch_alter_table(FETCHES) as table:
        table.alter_column("reference", type_=sa.Text(), existing_nullable=False)


def _make() -> None:
    op.create_table(
        "zalo_accounts",
        sa.Column("oa_id", OA, primary_key=True),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("access_sealed", sa.LargeBinary),
        sa.Column("refresh_sealed", sa.LargeBinary),
        sa.Column("access_until", UtcDateTime),
        sa.Column("refresh_until", UtcDateTime),
        sa.Column("refreshed_at", UtcDateTime),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("refreshing", sa.Integer, nullable=False),
        sa.Column("fault", sa.String(24), nullable=False),
        sa.Column("fault_at", UtcDateTime),
        sa.Column("alarmed_at", UtcDateTime),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("told_at", UtcDateTime),
        sa.Column("plain_until", UtcDateTime),
        sa.Column("silent_until", UtcDateTime),
        sa.Column("connected_at", UtcDateTime),
        sa.Column("connected_by", BIG),
        sa.UniqueConstraint("office", name=op.f("uq_zalo_accounts_office")),
    )
    op.create_table(
        "zalo_consents",
        sa.Column("state", sa.String(64), primary_key=True),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("officer", BIG, nullable=False),
        sa.Column("verifier_sealed", sa.LargeBinary, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "zalo_apps",
        sa.Column("app_id", OA, primary_key=True),
        sa.Column("verifier_sealed", sa.LargeBinary, nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "zalo_people",
        sa.Column("oa_id", OA, primary_key=True),
        sa.Column("user_id", sa.String(64), primary_key=True),
        sa.Column("interacted_at", UtcDateTime),
        sa.Column("replies", sa.Integer, nullable=False),
        sa.Column("follows", sa.Boolean),
        sa.Column("follow_at", UtcDateTime),
        sa.Column("paused_until", UtcDateTime),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("state_at", UtcDateTime),
    )
    op.create_index(
        op.f("ix_zalo_people_oa_id_interacted_at"), "zalo_people", ["oa_id", "interacted_at"]
    )
    op.create_table(
        "zalo_calls",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("line", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
    )
    op.create_index(op.f("ix_zalo_calls_line_at"), "zalo_calls", ["line", "at"])
    op.create_table(
        "arrivals",
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("subject", sa.String(180), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("happened_at", UtcDateTime, nullable=False),
        sa.Column("received_at", UtcDateTime, nullable=False),
        sa.Column("body", sa.LargeBinary),
        sa.Column("claimed_until", UtcDateTime),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.UniqueConstraint("channel", "key", name=op.f("uq_arrivals_channel_key")),
    )
    op.create_index(op.f("ix_arrivals_done_subject_id"), "arrivals", ["done", "subject", "id"])
    op.create_index(op.f("ix_arrivals_done_received_at"), "arrivals", ["done", "received_at"])
    op.create_table(
        "zalo_quotas",
        sa.Column("oa_id", OA, primary_key=True),
        sa.Column("kind", sa.String(24), primary_key=True),
        sa.Column("remain", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("until", UtcDateTime),
        sa.Column("read_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "zalo_articles",
        sa.Column("delivery", BIG, primary_key=True, autoincrement=False),
        sa.Column("oa_id", OA, nullable=False),
        sa.Column("step", sa.String(16), nullable=False),
        sa.Column("token", sa.String(300), nullable=False),
        sa.Column("article", sa.String(128), nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "zalo_templates",
        sa.Column("oa_id", OA, primary_key=True),
        sa.Column("template_id", sa.String(24), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("quality", sa.String(24), nullable=False),
        sa.Column("tag", sa.Integer),
        sa.Column("price_phone", sa.Integer),
        sa.Column("price_uid", sa.Integer),
        sa.Column("params", sa.Text, nullable=False),
        sa.Column("read_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "zalo_template_uses",
        sa.Column("office", sa.String(64), primary_key=True),
        sa.Column("use", sa.String(24), primary_key=True),
        sa.Column("oa_id", OA, nullable=False),
        sa.Column("template_id", sa.String(24), nullable=False),
        sa.Column("gaps", sa.Text, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
    )
    op.create_table(
        "zalo_marks",
        sa.Column("oa_id", OA, primary_key=True),
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("last_at", UtcDateTime, nullable=False),
    )


def downgrade() -> None:
    """Take them away; files whose address is too long are fetched no more."""
    op.execute("DELETE FROM feedback_fetches WHERE length(reference) > 256")
    with op.batch_alter_table(FETCHES) as table:
        table.alter_column("reference", type_=sa.String(256), existing_nullable=False)
    op.drop_index("ix_deliveries_external_id", "deliveries")
    op.drop_column("deliveries", "seen_at")
    op.drop_column("deliveries", "received_at")
    for one in reversed(NEW):
        op.drop_table(one)
