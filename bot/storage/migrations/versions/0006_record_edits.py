"""What offices say otherwise about guides, hotlines and offices, and how that changed."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, and let the changes of edits tell of what kind of record."""
    op.create_table(
        "record_edits",
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ref", sa.String(length=180), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("office", "kind", "ref", name=op.f("pk_record_edits")),
    )
    with op.batch_alter_table("office_edit_changes") as batch:
        batch.add_column(
            sa.Column("kind", sa.String(length=16), server_default="procedure", nullable=False)
        )
        batch.alter_column("code", existing_type=sa.String(length=32), type_=sa.String(length=180))


def downgrade() -> None:
    """Drop them; what is known of other records than procedures is lost."""
    op.execute("DELETE FROM office_edit_changes WHERE kind <> 'procedure'")
    with op.batch_alter_table("office_edit_changes") as batch:
        batch.alter_column("code", existing_type=sa.String(length=180), type_=sa.String(length=32))
        batch.drop_column("kind")
    op.drop_table("record_edits")
