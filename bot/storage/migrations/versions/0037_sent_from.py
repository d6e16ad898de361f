"""Which office gave a case away by an event, in a column of its own: lists are read by it."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

EVENTS = "feedback_events"
INDEX = "ix_feedback_events_sent_from"
SENT = sa.text("sent_from IS NOT NULL")
# What it was before: a word of the event's JSON.
TOLD = {"sqlite": "json_extract(data, '$.from')", "postgresql": "CAST(data AS json) ->> 'from'"}


def upgrade() -> None:
    """Write down who gave cases away, and find it by an index of these events alone."""
    op.add_column(EVENTS, sa.Column("sent_from", sa.String(64)))
    told = TOLD[op.get_bind().dialect.name]
    op.execute(f"UPDATE {EVENTS} SET sent_from = {told} WHERE did = 'transfer'")  # noqa: S608
    op.create_index(INDEX, EVENTS, ["sent_from", "case"], sqlite_where=SENT, postgresql_where=SENT)


def downgrade() -> None:
    """Do without: it is still told in the event's JSON."""
    op.drop_index(INDEX, EVENTS)
    op.drop_column(EVENTS, "sent_from")
