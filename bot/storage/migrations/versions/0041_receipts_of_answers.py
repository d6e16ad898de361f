"""A template that told of an answer is known by the provider's number; it arrived, it was seen."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

NOTICES = "feedback_notices"
INDEX = "ix_feedback_notices_external_id"
NAMED = sa.text("external_id IS NOT NULL")


def upgrade() -> None:
    """Keep the number and both moments; of templates that went before nothing is known."""
    op.add_column(NOTICES, sa.Column("external_id", sa.String(128)))
    op.add_column(NOTICES, sa.Column("received_at", UtcDateTime()))
    op.add_column(NOTICES, sa.Column("seen_at", UtcDateTime()))
    op.create_index(INDEX, NOTICES, ["external_id"], sqlite_where=NAMED, postgresql_where=NAMED)


def downgrade() -> None:
    """Do without."""
    op.drop_index(INDEX, NOTICES)
    for name in ("seen_at", "received_at", "external_id"):
        op.drop_column(NOTICES, name)
