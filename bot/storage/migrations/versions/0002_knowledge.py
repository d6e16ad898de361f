"""Tables of the knowledge base: shipped content, the portal's records, offices' edits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "knowledge_state",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_knowledge_state")),
    )
    op.create_table(
        "knowledge_content",
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "position", name=op.f("pk_knowledge_content")),
    )
    op.create_table(
        "portal_procedures",
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("portal_id", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("detail_stamp", sa.String(length=64), nullable=False),
        sa.Column("detail_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("detail_failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_portal_procedures")),
    )
    op.create_table(
        "portal_changes",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_changes")),
    )
    with op.batch_alter_table("portal_changes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_portal_changes_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_portal_changes_code"), ["code"], unique=False)

    op.create_table(
        "office_edits",
        sa.Column("office", sa.String(length=64), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("office", "code", name=op.f("pk_office_edits")),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("office_edits")
    with op.batch_alter_table("portal_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_portal_changes_code"))
        batch_op.drop_index(batch_op.f("ix_portal_changes_at"))

    op.drop_table("portal_changes")
    op.drop_table("portal_procedures")
    op.drop_table("knowledge_content")
    op.drop_table("knowledge_state")
