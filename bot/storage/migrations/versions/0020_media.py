"""Pictures, files and links go with replies; what a provider was brought is sent by its id."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import UtcDateTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what goes with a reply, and the ids of uploads."""
    op.add_column("outbox", sa.Column("parts", sa.Text(), nullable=False, server_default="{}"))
    key = (("bot", 64), ("kind", 16), ("digest", 64), ("name", 200))
    op.create_table(
        "uploads",
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in key),
        sa.Column("known_as", sa.String(300), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint(*(name for name, _ in key), name="pk_uploads"),
    )


def downgrade() -> None:
    """Drop both; files are brought anew, and what goes with kept replies is shown no more."""
    op.drop_table("uploads")
    with op.batch_alter_table("outbox") as batch:
        batch.drop_column("parts")
