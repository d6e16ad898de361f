"""What somebody must be given to approve a change, and which fields kept it from being approved.

The rule is written out as it stood in this release: later ones do not change what was worked out.
"""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OF_THE_TREE = {"name", "parent", "province", "serves", "sample", "gone"}
BY_KIND = {
    "procedure": "knowledge_publish",
    "guide": "knowledge_publish",
    "hotline": "contacts_publish",
    "office": "contacts_publish",
}
BY_SETTING = {
    "wording": "wording_change",
    "notice": "notices_publish",
    "channel": "channels_switch",
    "trial": "trial_manage",
    "rule": "rules_change",
    "day": "contacts_publish",
}
changes = sa.table(
    "changes",
    sa.column("id", sa.BigInteger()),
    sa.column("kind", sa.String()),
    sa.column("ref", sa.String()),
    sa.column("before", sa.Text()),
    sa.column("after", sa.Text()),
    sa.column("needs", sa.String()),
)


def upgrade() -> None:
    """Make the columns and work the first out for the changes there are."""
    op.add_column("changes", sa.Column("needs", sa.String(24), server_default="", nullable=False))
    op.add_column("changes", sa.Column("clashing", sa.Text(), server_default="", nullable=False))
    for kind, needs in BY_KIND.items():
        op.execute(changes.update().where(changes.c.kind == kind).values(needs=needs))
    for beginning, needs in BY_SETTING.items():
        of_kind = (changes.c.kind == "setting", changes.c.ref.startswith(beginning))
        op.execute(changes.update().where(*of_kind).values(needs=needs))
    tree = list(_of_the_tree())
    if tree:
        moved = changes.update().where(changes.c.id.in_(tree))
        op.execute(moved.values(needs="offices_manage"))


def downgrade() -> None:
    """Drop them."""
    op.drop_column("changes", "clashing")
    op.drop_column("changes", "needs")


def _of_the_tree() -> Iterator[int]:
    told = changes.c
    rows = op.get_bind().execute(
        sa.select(told.id, told.before, told.after).where(told.kind == "office")
    )
    for row in rows:
        before, after = json.loads(row.before), json.loads(row.after)
        if any(before.get(name) != after.get(name) for name in OF_THE_TREE):
            yield row.id
