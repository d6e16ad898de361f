"""Cases of all offices together are listed by when they came in."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Find the newest of all cases without looking at every one."""
    op.create_index("ix_feedback_cases_received", "feedback_cases", ["received_at", "id"])


def downgrade() -> None:
    """Do without."""
    op.drop_index("ix_feedback_cases_received", "feedback_cases")
