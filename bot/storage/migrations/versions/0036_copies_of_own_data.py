"""Copies of what is kept about somebody, while they may be fetched; a wish is prolonged once."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, UtcDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

WISHES = "feedback_data_wishes"
COPIES = "feedback_copies"


def upgrade() -> None:
    """Note who may fetch a copy until when, and what becomes of a wish and why."""
    op.create_table(
        COPIES,
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("office", sa.String(64), nullable=False),
        sa.Column("conversation", sa.String(192), nullable=False),
        sa.Column("made_at", UtcDateTime, nullable=False),
        sa.Column("until", UtcDateTime, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_feedback_copies_conversation_made_at"), COPIES, ["conversation", "made_at"]
    )
    op.create_index(op.f("ix_feedback_copies_until"), COPIES, ["until"])
    op.add_column(WISHES, sa.Column("prolonged_at", UtcDateTime, nullable=True))
    op.add_column(WISHES, sa.Column("reason", sa.String(40), nullable=False, server_default=""))


def downgrade() -> None:
    """Do without."""
    op.drop_column(WISHES, "reason")
    op.drop_column(WISHES, "prolonged_at")
    op.drop_table(COPIES)
