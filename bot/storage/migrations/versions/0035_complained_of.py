"""Who a case complains of neither sees it nor works on it."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLE = "feedback_complained_of"
COLUMNS = ("case", "unit", "officer")


def upgrade() -> None:
    """Keep whom cases complain of."""
    op.create_table(
        TABLE,
        sa.Column("id", BIG, primary_key=True, autoincrement=True),
        sa.Column("case", BIG, nullable=False),
        sa.Column("unit", BIG),
        sa.Column("officer", BIG),
    )
    for column in COLUMNS:
        op.create_index(op.f(f"ix_{TABLE}_{column}"), TABLE, [column])


def downgrade() -> None:
    """Forget them: everybody of an office sees its cases."""
    op.drop_table(TABLE)
