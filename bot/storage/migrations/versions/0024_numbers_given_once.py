"""Numbers of plans, their entries and their slots, which an embedded database gave twice."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = ("plans", "plan_entries", "slots")


def upgrade() -> None:
    """Have the embedded database keep the last number that it gave; a server does."""
    _made_anew(sqlite_autoincrement=True)


def downgrade() -> None:
    """Let it give the number of the last row again once that is deleted."""
    _made_anew(sqlite_autoincrement=False)


def _made_anew(*, sqlite_autoincrement: bool) -> None:
    if op.get_bind().dialect.name != "sqlite":
        return
    told = {"sqlite_autoincrement": sqlite_autoincrement}
    for table in TABLES:
        with op.batch_alter_table(table, recreate="always", table_kwargs=told):
            pass
