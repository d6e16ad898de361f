"""Calls of one process that came late to the line, which another process must know of."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Number the moments, and keep those of late calls."""
    op.add_column("pace", sa.Column("number", BIG, nullable=False, server_default="0"))
    op.create_table(
        "late_calls",
        sa.Column("bot", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True),
        sa.Column("free_at", sa.Float(53), nullable=False),
    )


def downgrade() -> None:
    """Drop both."""
    op.drop_table("late_calls")
    with op.batch_alter_table("pace") as batch:
        batch.drop_column("number")
