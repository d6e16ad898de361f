"""The words of a message as typed, sealed, until it is answered."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep them where there are keys."""
    op.add_column("inbox", sa.Column("sealed", sa.LargeBinary))


def downgrade() -> None:
    """Forget them; masked words are left."""
    with op.batch_alter_table("inbox") as batch:
        batch.drop_column("sealed")
