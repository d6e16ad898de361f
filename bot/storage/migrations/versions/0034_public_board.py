"""What is released of a case has a version, two authors, and an end; nothing wrote it before."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, UtcDateTime

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

TABLE = "feedback_releases"


def upgrade() -> None:
    """Lay the table out anew: it is empty."""
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
        sa.Column("case", BIG, autoincrement=False, nullable=False),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(120), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("kept", sa.String(500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("answered_at", UtcDateTime(), nullable=False),
        sa.Column("prepared_by", BIG, nullable=False),
        sa.Column("prepared_at", UtcDateTime(), nullable=False),
        sa.Column("released_by", BIG, nullable=True),
        sa.Column("released_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("case", name=op.f("pk_feedback_releases")),
    )
    for columns in (["office", "answered_at", "case"], ["answered_at", "case"]):
        op.create_index(op.f(f"ix_feedback_releases_{'_'.join(columns)}"), TABLE, columns)


def downgrade() -> None:
    """Lay it out as it was."""
    op.drop_table(TABLE)
    op.create_table(
        TABLE,
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
    index = op.f("ix_feedback_releases_office_released_at")
    op.create_index(index, TABLE, ["office", "released_at"])
