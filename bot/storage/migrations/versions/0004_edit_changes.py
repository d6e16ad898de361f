"""What offices' edits were before and after each change."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "office_edit_changes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_edit_changes")),
    )
    op.create_index(
        op.f("ix_office_edit_changes_office_code"), "office_edit_changes", ["office", "code"]
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_index(op.f("ix_office_edit_changes_office_code"), table_name="office_edit_changes")
    op.drop_table("office_edit_changes")
