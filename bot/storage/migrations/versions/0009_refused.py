"""Questions taken for out of scope: how often each group was."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the count; those among the stored turns are found from their beginning."""
    op.add_column(
        "question_groups", sa.Column("refused", sa.Integer(), server_default="0", nullable=False)
    )


def downgrade() -> None:
    """Drop it; a question taken for out of scope is no question of the release before."""
    op.execute("DELETE FROM progress WHERE name = 'refused'")
    op.execute("DELETE FROM questions WHERE kind = 'refused'")
    op.execute("DELETE FROM question_groups WHERE asked = 0 AND unchosen = 0 AND refused > 0")
    with op.batch_alter_table("question_groups") as batch:
        batch.drop_column("refused")
