"""To which words a subscriber agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the digest of the sentences."""
    op.add_column(
        "subscribers", sa.Column("words", sa.String(64), nullable=False, server_default="")
    )


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("subscribers") as batch:
        batch.drop_column("words")
