"""When a person opened a slot of a plan's calendar again, which the program does not undo."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("slots", sa.Column("reopened_at", UtcDateTime()))


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("slots") as batch:
        batch.drop_column("reopened_at")
