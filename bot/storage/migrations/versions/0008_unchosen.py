"""Questions whose choices nobody took: their kind, their counts, and how far turns were read."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the kind and the counts; what is there was not answered."""
    op.add_column(
        "questions",
        sa.Column("kind", sa.String(length=12), server_default="unanswered", nullable=False),
    )
    for name in ("none_fits", "unchosen"):
        op.add_column(
            "question_groups", sa.Column(name, sa.Integer(), server_default="0", nullable=False)
        )
    op.create_table(
        "progress",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_progress")),
    )


def downgrade() -> None:
    """Drop them; a question whose choices nobody took is no question of the release before."""
    op.drop_table("progress")
    op.execute("DELETE FROM questions WHERE kind = 'unchosen'")
    op.execute("DELETE FROM question_groups WHERE asked = 0 AND unchosen > 0")
    for name in ("unchosen", "none_fits"):
        with op.batch_alter_table("question_groups") as batch:
            batch.drop_column(name)
    with op.batch_alter_table("questions") as batch:
        batch.drop_column("kind")
