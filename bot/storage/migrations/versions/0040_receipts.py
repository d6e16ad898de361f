"""A delivery is found by the provider's id after it arrived, too; calls are named as sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

NAME = "ix_deliveries_external_id"
NAMED = sa.text("external_id <> ''")
NOT_RECEIVED = sa.text("received_at IS NULL AND external_id <> ''")


def upgrade() -> None:
    """Keep every row with a provider's id in the index."""
    _make(NAMED)
    op.execute("ALTER TABLE arrivals RENAME COLUMN body TO body_sealed")


def downgrade() -> None:
    """Keep those alone that have not arrived."""
    op.execute("ALTER TABLE arrivals RENAME COLUMN body_sealed TO body")
    _make(NOT_RECEIVED)


def _make(which: sa.TextClause) -> None:
    op.drop_index(NAME, "deliveries")
    op.create_index(
        NAME, "deliveries", ["external_id"], postgresql_where=which, sqlite_where=which
    )
