"""Who laid a reading down, the evidence its tick gave, and no reading of a text twice at once."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, UtcDateTime

revision = "0018"
down_revision = "0016"
branch_labels = None
depends_on = None

ADDED = ("made_at", "made_by", "evidence", "ended_slot")
ONCE = "ix_readings_broadcast_station_due_at"


def upgrade() -> None:
    """Add the columns and the index."""
    op.add_column("readings", sa.Column("made_at", UtcDateTime()))
    op.add_column("readings", sa.Column("made_by", BIG))
    op.add_column("readings", sa.Column("evidence", BIG))
    op.add_column(
        "readings",
        sa.Column("ended_slot", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.create_index(ONCE, "readings", ["broadcast", "station", "due_at"], unique=True)


def downgrade() -> None:
    """Drop them."""
    op.drop_index(ONCE, "readings")
    with op.batch_alter_table("readings") as batch:
        for name in ADDED:
            batch.drop_column(name)
