"""What an officer asked of a run and is still being done, some thousand rows at a time."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    asked = sa.Column("asked", sa.String(64), nullable=False, server_default="")
    op.add_column("runs", asked)
    op.add_column("runs", sa.Column("asked_at", UtcDateTime()))


def downgrade() -> None:
    """Drop them; what is not carried out by then is left as it is."""
    with op.batch_alter_table("runs") as batch:
        batch.drop_column("asked_at")
        batch.drop_column("asked")
