"""Numbers of readers, which an embedded database gave to the next once one was forgotten."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


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
    with op.batch_alter_table("subscribers", recreate="always", table_kwargs=told):
        pass
