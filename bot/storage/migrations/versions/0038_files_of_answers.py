"""Files that go with an office's answer: what each is called, and the reply it went with."""

import sqlalchemy as sa
from alembic import op

from bot.storage.tables import BIG

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

FILES = "feedback_files"


def upgrade() -> None:
    """Keep officers' files beside citizens' photos."""
    op.add_column(FILES, sa.Column("name", sa.String(200), nullable=False, server_default=""))
    op.add_column(FILES, sa.Column("outbox", BIG, nullable=True))
    op.create_index(op.f("ix_feedback_files_outbox"), FILES, ["outbox"])


def downgrade() -> None:
    """Keep photos alone; officers' files have no place without a name."""
    op.execute("DELETE FROM feedback_files WHERE made_by IS NOT NULL")
    op.drop_index(op.f("ix_feedback_files_outbox"), FILES)
    op.drop_column(FILES, "outbox")
    op.drop_column(FILES, "name")
