"""What an office's calendar said when other programs read it last."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0016"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has read any yet."""
    op.add_column(
        "calendar_keys", sa.Column("content", sa.String(64), nullable=False, server_default="")
    )
    op.add_column("calendar_keys", sa.Column("changed_at", UtcDateTime()))


def downgrade() -> None:
    """Forget it; programs read the calendars once more."""
    with op.batch_alter_table("calendar_keys") as batch:
        batch.drop_column("changed_at")
        batch.drop_column("content")
