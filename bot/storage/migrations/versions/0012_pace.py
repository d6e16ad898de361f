"""The moments at which the processes of a bot may speak."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    moments = ("next_at", "given_from", "silent_until", "cut_to", "cut_at", "refused_at")
    op.create_table(
        "pace",
        sa.Column("bot", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Float(53), nullable=False) for name in moments),
        sa.Column("given", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bot", name="pk_pace"),
    )


def downgrade() -> None:
    """Drop it; whoever starts anew starts unhurried."""
    op.drop_table("pace")
