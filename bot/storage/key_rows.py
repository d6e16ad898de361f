"""The end of old keys: what lets nobody in any more is not kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete

from bot.officials.throttle import FORGOTTEN_AFTER
from bot.storage.database import Database
from bot.storage.people_tables import devices, links, once, sessions, throttles

FORMS_STAY: Final = timedelta(days=1)
DEVICES_STAY: Final = timedelta(days=180)
# In case somebody asks who made one.
LINKS_STAY: Final = timedelta(days=30)


async def forget_keys(database: Database, now: datetime) -> int:
    """Delete sessions, links, devices, counted attempts and sent forms that are over."""
    over = (
        sessions.c.until < now,
        links.c.until < now - LINKS_STAY,
        throttles.c.last_at < now - FORGOTTEN_AFTER,
        devices.c.seen_at < now - DEVICES_STAY,
        once.c.at < now - FORMS_STAY,
    )
    gone = 0
    async with database.writing() as connection:
        for old in over:
            gone += (await connection.execute(delete(old.left.table).where(old))).rowcount
    return gone
