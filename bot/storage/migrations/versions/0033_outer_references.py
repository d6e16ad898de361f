"""Cases that come from another system are told apart by the number they have there."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, UtcDateTime

revision = "0033"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLE = "feedback_outer_references"


def upgrade() -> None:
    """Keep the numbers of other systems."""
    op.create_table(
        TABLE,
        sa.Column("office", sa.String(64), primary_key=True),
        sa.Column("source", sa.String(12), primary_key=True),
        sa.Column("outer", sa.String(64), primary_key=True),
        sa.Column("case", BIG),
        sa.Column("at", UtcDateTime, nullable=False),
    )
    op.create_index(op.f("ix_feedback_outer_references_case"), TABLE, ["case"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table(TABLE)
