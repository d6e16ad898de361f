"""Alembic's way in: it works on the connection that ``bot.storage.migrate`` hands over."""

from __future__ import annotations

from alembic import context

from bot.storage.migrate import METADATA

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
