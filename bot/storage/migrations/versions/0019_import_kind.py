"""Files that officials hand in hold cards, or readers of news."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Until now all held cards."""
    op.add_column(
        "imports", sa.Column("kind", sa.String(12), nullable=False, server_default="cards")
    )


def downgrade() -> None:
    """Drop the lists of readers: nothing of an older release reads them."""
    op.execute("DELETE FROM imports WHERE kind <> 'cards'")
    with op.batch_alter_table("imports") as batch:
        batch.drop_column("kind")
