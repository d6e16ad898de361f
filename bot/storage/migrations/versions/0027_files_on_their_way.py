"""What citizens send beside words: told with their message, and fetched from where it is kept."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG, NEVER_AGAIN, UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what goes along, and what is to be fetched."""
    op.add_column("inbox", sa.Column("along", sa.Text))
    with op.batch_alter_table("feedback_files", table_kwargs=NEVER_AGAIN) as batch:
        batch.alter_column("content_sealed", existing_type=sa.LargeBinary, nullable=True)
    op.create_table(
        "feedback_fetches",
        sa.Column("file", BIG, primary_key=True, autoincrement=False),
        sa.Column("inbox_id", BIG, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("user_id", sa.String(160), nullable=False),
        sa.Column("reference", sa.String(256), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", UtcDateTime),
        sa.UniqueConstraint("inbox_id", name="uq_feedback_fetches_inbox_id"),
    )
    op.create_index(
        "ix_feedback_fetches_channel_due_at", "feedback_fetches", ["channel", "due_at"]
    )


def downgrade() -> None:
    """Forget both; what was not fetched is told of no more."""
    op.drop_table("feedback_fetches")
    op.execute(sa.text("DELETE FROM feedback_files WHERE content_sealed IS NULL"))
    with op.batch_alter_table("feedback_files", table_kwargs=NEVER_AGAIN) as batch:
        batch.alter_column("content_sealed", existing_type=sa.LargeBinary, nullable=False)
    with op.batch_alter_table("inbox") as batch:
        batch.drop_column("along")
